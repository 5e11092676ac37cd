// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures
import Testing

@testable import Models

@Suite struct MutatedTextTests {
    /// What reads one kind of text, and a text that it reads.
    struct Reader: Sendable, CustomStringConvertible {
        var description: String
        var seed: String
        var read: @Sendable (String) throws -> Void
    }

    private static let circuit = Fixtures.url("circuit").path

    private static func text(_ path: String) -> String {
        String(decoding: (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data(), as: UTF8.self)
    }

    static let readers = [
        Reader(description: "PDB", seed: text(Fixtures.url("molecules/1bna.pdb").path).suffix(2000).description) {
            _ = try ProteinReader(scheme: .residues).read($0, shown: "m")
        },
        Reader(description: "XYZ", seed: "# three\n1 2 3\n\n-4.5e2 5 6\n") {
            _ = try SphereListReader.read($0, shown: "m") { _ in }
        },
        Reader(description: "SWC", seed: text(circuit + "/morphologies/fork.swc")) {
            show(try SWCReader.read($0, shown: "m"))
        },
        Reader(description: "ASC", seed: text(circuit + "/fork.asc")) { show(try ASCReader.read($0, shown: "m")) },
        Reader(
            description: "MHD",
            seed: """
                ObjectType = Image
                DimSize = 2 3 1
                ElementSpacing = 1.5 1 2
                ElementType = MET_USHORT
                ElementDataFile = samples.raw

                """
        ) {
            let head = try MetaImageHeader($0, shown: "m")
            _ = try head.volume.grid([UInt8](repeating: 1, count: 12), shown: "m")
        },
        Reader(
            description: "NRRD",
            seed: """
                NRRD0005
                type: float
                dimension: 4
                sizes: 2 1 2 3
                encoding: raw
                endian: little
                space: RAS
                space directions: none (1,0,0) (0,2,0) (0,0,3)
                space origin: (1,2,3)
                data file: part%03d.raw 1 9 2


                """
        ) {
            let (header, _) = try NRRDHeader.read(Array($0.utf8), shown: "m")
            _ = (header.dimensions, header.spacing, header.transform)
        },
        Reader(description: "fibres", seed: "2 0 0 0 1 1 1\n3 1 2 3 4 5 6 7 8 9\n") {
            _ = try StreamlineReader.read($0, radius: 1, shown: "m")
        },
    ]

    /// Everything that is made of a morphology, in each geometry.
    private static func show(_ morphology: Models.Morphology) {
        for geometry in MorphologyOptions.Geometry.allCases {
            var (copy, options) = (morphology, MorphologyOptions())
            (options.loadsSoma, options.loadsAxon, options.loadsDendrites) = (true, true, true)
            (options.geometry, options.subsampling, options.resampling, options.growth) = (geometry, 2, 0.9, 0.5)
            copy.prepare(options)
            _ = MorphologyShapes(copy, asSpheres: geometry == .spheres)
        }
    }

    @Test("mutated text is read or refused, and ends no process", arguments: readers)
    func mutations(reader: Reader) throws {
        try reader.read(reader.seed)
        var random = RepeatableRandom(seed: 11)
        let numbers = ["-1", "1e39", "nan", "9223372036854775807", "-9223372036854775808", "0", "1e-40", "((((", "\n"]
        var refusals = 0
        for _ in 0..<500 {
            var bytes = Array(reader.seed.utf8)
            for _ in 0..<Int.random(in: 1...5, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 9))
                case 2: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
                default: bytes.insert(contentsOf: (numbers.randomElement(using: &random) ?? "").utf8, at: place)
                }
            }
            do {
                try reader.read(String(decoding: bytes, as: UTF8.self))
            } catch is ModelError {
                refusals += 1
            }
        }
        #expect(refusals > 20)
    }
}
