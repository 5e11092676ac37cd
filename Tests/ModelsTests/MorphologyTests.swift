// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures
import Testing

@testable import Models

// Foundation has a type of this name too.
private typealias Morphology = Models.Morphology

@Suite struct MorphologyTests {
    private static func read(_ name: String) throws -> Morphology {
        try MorphologyReader.read(Fixtures.url("circuit/\(name)").path, files: ModelFiles())
    }

    private static func options(_ change: (inout MorphologyOptions) -> Void = { _ in }) -> MorphologyOptions {
        var options = MorphologyOptions()
        (options.loadsSoma, options.loadsAxon, options.loadsDendrites) = (true, true, true)
        options.geometry = .original
        change(&options)
        return options
    }

    @Test("sections begin at the soma and at forks, and repeat the sample that they go on from")
    func sections() throws {
        let cell = try Self.read("morphologies/fork.swc")
        #expect(cell.sections.map(\.id) == [1, 2, 3, 4])
        #expect(cell.sections.map(\.parent) == [-1, 1, 1, -1])
        #expect(cell.sections.map(\.kind) == [.dendrite, .dendrite, .dendrite, .axon])
        #expect(cell.sections.map(\.samples.count) == [2, 3, 2, 2])
        #expect(cell.sections[1].samples[0].position == SIMD3(0, 10, 0))
        #expect(cell.soma?.samples.count == 1)
    }

    @Test("the same cell comes out of Neurolucida's file, its soma as a contour")
    func neurolucida() throws {
        let (ours, other) = (try Self.read("fork.asc"), try Self.read("morphologies/fork.swc"))
        #expect(ours.sections.map(\.parent) == other.sections.map(\.parent))
        #expect(ours.sections.map(\.kind) == other.sections.map(\.kind))
        #expect(ours.sections.map { $0.samples.map(\.position) } == other.sections.map { $0.samples.map(\.position) })
        #expect(ours.sections[0].samples.map(\.radius) == [1, 1])
        guard case .contour = ours.soma?.form else { throw ModelError(.corrupt, "the soma is no contour") }
    }

    @Test("the HDF5 form gives sections with their parents, diameters halved")
    func hdf5() throws {
        let cell = try Self.read("fork.h5")
        #expect(cell.sections.map(\.id) == [1, 2, 3] && cell.sections.map(\.parent) == [-1, 1, 1])
        #expect(cell.sections.map(\.kind) == [.dendrite, .dendrite, .axon])
        #expect(cell.sections[1].samples.map(\.radius) == [1, 0.5])
        #expect(cell.soma?.samples.count == 3)
    }

    @Test("samples become capsules from one to the next, or spheres")
    func shapes() throws {
        var cell = try Self.read("morphologies/fork.swc")
        cell.prepare(Self.options())
        let capsules = MorphologyShapes(cell, asSpheres: false)
        #expect(capsules.primitives.capsules.count == 1 + 1 + 2 + 1 + 1 && capsules.primitives.spheres.isEmpty)
        #expect(capsules.kinds.map(\.kind) == [.soma, .axon, .dendrite])
        #expect(capsules.kinds.map(\.parts) == [0..<1, 1..<2, 2..<6])
        #expect(capsules.sections.map(\.id) == [-1, 4, 1, 2, 3])
        let spheres = MorphologyShapes(cell, asSpheres: true)
        #expect(spheres.primitives.spheres.count == 1 + 2 + 3 + 2 + 2 && spheres.count == 10)
    }

    @Test("only what is asked for is kept")
    func parts() throws {
        var cell = try Self.read("morphologies/fork.swc")
        cell.prepare(Self.options { ($0.loadsSoma, $0.loadsAxon) = (false, false) })
        #expect(cell.soma == nil && cell.sections.allSatisfy { $0.kind == .dendrite } && cell.sections.count == 3)
        #expect(!MorphologyOptions().loadsAnything)
    }

    @Test("smooth radii change by seven hundredths at most, across forks too")
    func smooth() throws {
        var cell = try Self.read("morphologies/fork.swc")
        cell.prepare(Self.options { $0.geometry = .smooth })
        #expect(cell.sections[0].samples.map(\.radius) == [1, 1])
        let radii = cell.sections[1].samples.map(\.radius)
        #expect(abs(radii[0] - 1) < 1e-6 && abs(radii[1] - 0.93) < 1e-6 && abs(radii[2] - 0.8649) < 1e-6)
    }

    @Test("sections taper, radii are made equal or multiplied")
    func radii() throws {
        let original = try Self.read("morphologies/fork.swc")
        var cell = original
        cell.prepare(Self.options { $0.geometry = .sectionSmooth })
        #expect(cell.sections[1].samples.allSatisfy { abs($0.radius - 0.89) < 1e-6 })
        cell = original
        cell.prepare(Self.options { ($0.geometry, $0.radiusMultiplier) = (.constantRadii, 2) })
        #expect(cell.sections.allSatisfy { $0.samples.allSatisfy { $0.radius == 2 } })
        #expect(cell.soma?.samples[0].radius == 2)
    }

    @Test("samples are thinned out, joined where they are in line, and cut where growth has not come")
    func stages() throws {
        let original = try Self.read("morphologies/line.swc")
        var cell = original
        cell.prepare(Self.options { $0.resampling = 0.99 })
        #expect(cell.sections[0].samples.map(\.position.y) == [4, 12])
        cell = original
        cell.prepare(Self.options { $0.growth = 0.6 })
        #expect(cell.sections[0].samples.map(\.position.y) == [4, 8])
        cell = original
        cell.prepare(Self.options { $0.growth = 0 })
        #expect(cell.sections.isEmpty)
        var long = Morphology()
        let samples = (0..<10).map { Morphology.Sample(position: SIMD3(Float($0), Float($0 % 2), 0), radius: 1) }
        long.sections = [.init(id: 1, parent: -1, kind: .axon, samples: samples)]
        long.prepare(Self.options { $0.subsampling = 3 })
        #expect(long.sections[0].samples.map(\.position.x) == [0, 2, 5, 9])
    }

    @Test(
        "files that cannot be right are refused",
        arguments: [
            "", "1 1 0 0 0\n", "1 3 0 0 0 1 2\n2 3 0 0 0 1 1\n", "1 1 0 0 0 1 7\n", "1 1 0 0 0 1 -1\n1 3 0 0 0 1 -1\n",
            "1 1 x 0 0 1 -1\n", "1 1 0 0 0 1 1\n",
        ])
    func badSWC(text: String) {
        #expect(throws: ModelError.self) { try SWCReader.read(text, shown: "bad.swc") }
    }

    @Test(
        "parentheses that do not fit are refused",
        arguments: ["((Dendrite) (0 0 0 1)", "((Axon) (0 0 0 1) |", "()", ")))"])
    func badASC(text: String) {
        #expect(throws: ModelError.self) { try ASCReader.read(text, shown: "bad.asc") }
    }

    @Test("a file that is no HDF5, or another format, says so")
    func otherFiles() {
        let circuit = Fixtures.url("circuit").path
        #expect(throws: ModelError.self) {
            try MorphologyFile.read(circuit + "/circuit_config.json", shown: "circuit_config.json")
        }
        #expect(throws: ModelError.self) { try MorphologyFile.read(circuit + "/nodes.h5", shown: "nodes.h5") }
        #expect(throws: ModelError.self) {
            try MorphologyReader.read(circuit + "/circuit_config.json", files: ModelFiles())
        }
    }
}
