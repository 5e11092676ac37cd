// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

@testable import Models

@Suite struct AtlasTests {
    /// A folder of its own for the files of one test.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("atlas-\(UUID())").path

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ bytes: [UInt8]) throws -> String {
            try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
            return path + "/" + name
        }

        func read(_ fields: [String], _ samples: [UInt8] = []) throws -> NRRDReader {
            let head = (["NRRD0004", "# a comment", "own:=1"] + fields).joined(separator: "\n") + "\n\n"
            return try NRRDReader(try write("atlas.nrrd", Array(head.utf8) + samples), files: ModelFiles())
        }

        func atlas(_ kind: Atlas.Kind, sizes: String, _ values: String) throws -> Atlas {
            let file = try read(
                [
                    "type: float", "dimension: \(sizes.split(separator: " ").count)", "sizes: \(sizes)",
                    "encoding: text",
                ],
                Array(values.utf8))
            return try Atlas(file, as: kind, shown: "atlas.nrrd")
        }
    }

    private static let plain = ["type: unsigned short", "dimension: 3", "sizes: 2 1 2", "endian: little"]
    private static let samples: [UInt8] = [1, 0, 2, 0, 3, 0, 0, 1]

    @Test("a head tells samples, spacing and placing")
    func head() throws {
        let file = try Folder().read(
            Self.plain + [
                "encoding: raw", "space: left-posterior-superior", "space directions: (0, 2, 0) (-3,0,0) (0,0,4)",
                "space origin: (1, 2.5,3)",
            ], Self.samples + [10])
        #expect(file.header.dimensions == [2, 1, 2] && file.header.components == 1)
        #expect(file.header.spacing == [2, 3, 4])
        #expect(file.values(as: Double.self) == [1, 2, 3, 256])
        let transform = file.header.transform
        #expect(transform.translation == Vector3(1, 2.5, 3))
        let turned = transform.rotation.rotate(Vector3(1, 0, 0))
        #expect((turned - Vector3(0, 1, 0)).length < 1e-12)
        #expect((transform.rotation.rotate(Vector3(0, 1, 0)) - Vector3(-1, 0, 0)).length < 1e-12)
    }

    @Test(
        "axes that are turned by half give a rotation too",
        arguments: [
            "(1,0,0) (0,-1,0) (0,0,-1)", "(-1,0,0) (0,1,0) (0,0,-1)", "(-1,0,0) (0,-1,0) (0,0,1)",
            "none (0,1,0) (0,0,1) (1,0,0)",
        ])
    func rotations(axes: String) throws {
        let file = try Folder().read(
            Self.plain + ["encoding: raw", "space dimension: 3", "space directions: \(axes)"], Self.samples)
        let rotation = file.header.transform.rotation
        for (axis, direction) in try #require(file.header.directions).enumerated() {
            var unit = Vector3.zero
            unit[axis] = 1
            #expect((rotation.rotate(unit) - direction).length < 1e-12)
        }
    }

    @Test("text, hexadecimal digits, big ends and files beside the head mean the same samples")
    func encodings() throws {
        let expected: [Float] = [1, 2, 3, 256]
        let folder = try Folder()
        #expect(try folder.read(Self.plain + ["encoding: ascii"], Array("1 2\n3 256\n".utf8)).values() == expected)
        let digits = Array("0100 02000300 0001\n".utf8)
        #expect(try folder.read(Self.plain + ["encoding: hex"], digits).values() == expected)
        let turned = Self.plain.map { $0.replacing("little", with: "big") } + ["encoding: raw"]
        #expect(try folder.read(turned, [0, 1, 0, 2, 0, 3, 1, 0]).values() == expected)
        _ = try folder.write("a1.raw", Array(Self.samples[..<4]))
        _ = try folder.write("a2.raw", Array(Self.samples[4...]))
        for names in ["data file: a1.raw a2.raw", "datafile: a%d.raw 1 2 1", "data file: LIST\na1.raw\na2.raw"] {
            #expect(try folder.read(Self.plain + ["encoding: raw", names]).values() == expected, "\(names)")
        }
    }

    @Test("packed samples are unpacked, in one member or several")
    func gzip() throws {
        // gzip -n of the eight bytes, and of each half, by Python's gzip.
        let folder = try Folder()
        let fields = Self.plain + ["encoding: gzip"]
        let whole = Self.stored(Self.samples)
        #expect(try folder.read(fields, whole).values(as: Float.self) == [1, 2, 3, 256])
        let halves = Self.stored(Array(Self.samples[..<4])) + Self.stored(Array(Self.samples[4...]))
        #expect(try folder.read(fields, halves).values(as: Float.self) == [1, 2, 3, 256])
        for bad in [Array(whole.dropLast(3)), Self.stored(Self.samples + [1]), Self.stored([1]), [], [1, 2, 3]] {
            #expect(throws: ModelError.self) { try folder.read(fields, bad) }
        }
        // A head that asks for a terabyte of a few bytes.
        let vast = fields.map { $0.replacing("2 1 2", with: "4000 4000 4000") }
        #expect(throws: ModelError.self) { try folder.read(vast, whole) }
    }

    /// A gzip member that stores bytes as they are.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var crc: UInt32 = ~0
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        let length = UInt16(bytes.count)
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1]
        let sizes = withUnsafeBytes(of: (length.littleEndian, (~length).littleEndian)) { Array($0) }
        let tail = withUnsafeBytes(of: ((~crc).littleEndian, UInt32(bytes.count).littleEndian)) { Array($0) }
        return head + sizes + bytes + tail
    }

    @Test(
        "files that cannot be right are refused",
        arguments: [
            ("NRRD0004", "PNG"), ("type: unsigned short", "type: block"), ("dimension: 3", "dimension: 2"),
            ("sizes: 2 1 2", "sizes: 2 2"), ("sizes: 2 1 2", "sizes: 2 -1 2"), ("sizes: 2 1 2", "sizes: 2 1 3"),
            ("endian: little", "labels: x"), ("encoding: raw", "encoding: bzip2"), ("encoding: raw", "encoding: x"),
            ("encoding: raw", "encoding: raw\nbyte skip: 4"), ("encoding: raw", "encoding: raw\ndata file: none.raw"),
            ("encoding: raw", "encoding: raw\ndata file: a%d.raw 1 2 0"), ("encoding: raw", "encoding: text"),
            ("encoding: raw", "encoding: hex"), ("# a comment", "a comment"),
            ("encoding: raw", "encoding: raw\nspace: RAS\nspace directions: (1,0,0) (0,0,0) (0,0,1)"),
            ("encoding: raw", "encoding: raw\nspace: RAS\nspace origin: (1,x)"),
        ])
    func badFiles(part: String, replacement: String) throws {
        let folder = try Folder()
        let head = (["NRRD0004", "# a comment"] + Self.plain + ["encoding: raw"]).joined(separator: "\n") + "\n\n"
        let path = try folder.write("bad.nrrd", Array(head.replacing(part, with: replacement).utf8) + Self.samples)
        #expect(throws: ModelError.self) { try NRRDReader(path, files: ModelFiles()) }
        let good = try folder.write("good.nrrd", Array(head.utf8) + Self.samples)
        #expect(try NRRDReader(good, files: ModelFiles()).values(as: Float.self).count == 4)
    }

    @Test("an atlas needs as many numbers a voxel as its kind has", arguments: Atlas.Kind.allCases)
    func components(kind: Atlas.Kind) throws {
        let folder = try Folder()
        for count in 1...5 {
            let values = String(repeating: "1 ", count: count * 2)
            if count == kind.components {
                #expect(try folder.atlas(kind, sizes: "\(count) 2 1 1", values).voxelCount == 2)
            } else {
                #expect(throws: ModelError.self) { try folder.atlas(kind, sizes: "\(count) 2 1 1", values) }
            }
        }
    }

    @Test("scalars above the least are shown, in a ramp over their range")
    func scalars() throws {
        let atlas = try Folder().atlas(.scalar, sizes: "2 2 1", "0 nan 7 3")
        #expect(atlas.validity() == [false, false, true, true])
        let picture = try atlas.density()
        #expect(picture.ramp?.range == [0, 7] && picture.model.volumes.count == 1)
        #expect(throws: ModelError.self) { try atlas.vectorField() }
        #expect(throws: ModelError.self) { try atlas.layerDistance(isUpper: true) }
    }

    @Test("orientations become three rods, vectors become cones")
    func rods() throws {
        let turns = try Folder().atlas(.orientation, sizes: "4 2 1 1", "0 0 0 0  2 0 0 2")
        let rods = try turns.orientationField().model.primitives.capsules
        #expect(rods.map(\.color) == [[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]])
        // A quarter around z: x points along y, from the middle of the second voxel.
        #expect(rods[0].p0 == [1.5, 0.5, -0.5] && abs(rods[0].p1.y - 1) < 1e-6 && rods[0].r1 == 0.05)
        let ways = try Folder().atlas(.vector, sizes: "3 2 1 1", "inf 0 0  0 0 -5")
        let cones = try ways.vectorField().model.primitives.capsules
        #expect(cones.count == 1 && cones[0].color == [0.5, 0.5, 0, 1])
        #expect(cones[0].p1 == [1.5, 0.5, -1] && cones[0].r1 == 0)
    }

    @Test("areas of a flat map have a colour each; columns stand in the grid")
    func boxes() throws {
        let atlas = try Folder().atlas(.flatmap, sizes: "2 4 1 1", "-1 -1  2 3  2 3  4 4")
        let boxes = try atlas.flatmapAreas().model.primitives.boxes
        #expect(boxes.map(\.color) == [[1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 0, 1]])
        #expect(boxes[0].min == [1, 0, -1] && boxes[0].max == [2, 1, 0])
        let column = AtlasColumn(place: [3, 0], color: [1, 1, 1, 1])
        let columns = try atlas.columns([column]).model.primitives.boxes
        #expect(columns[0].min == [3, -1, 0] && columns[0].max == [4, 1, 1])
        #expect(throws: ModelError.self) { try atlas.columns([AtlasColumn(place: [4, 0], color: .zero)]) }
    }

    @Test("distances to layers are shown where they differ")
    func distances() throws {
        let atlas = try Folder().atlas(.layerDistance, sizes: "2 2 1 1", "1 5  nan 5")
        #expect(throws: ModelError.self) { try atlas.layerDistance(isUpper: false) }
        let other = try Folder().atlas(.layerDistance, sizes: "2 2 1 1", "1 5  2 5")
        #expect(try other.layerDistance(isUpper: false).ramp?.range == [1, 2])
    }
}
