// SPDX-License-Identifier: Apache-2.0
import Scene
import Testing

@testable import Models

@Suite struct VolumeTests {
    private static let head = """
        ObjectType = Image
        DimSize = 2 3 1
        ElementSpacing = 1.5 1 2
        ElementType = MET_USHORT
        ElementDataFile = samples.raw
        """

    @Test("a head tells size, spacing, type and file")
    func head() throws {
        let head = try MetaImageHeader(Self.head, shown: "v.mhd")
        #expect(head.volume == RawVolume(dimensions: [2, 3, 1], spacing: [1.5, 1, 2], type: .uint16))
        #expect(head.dataFile == "samples.raw")
        let grid = try head.volume.grid([UInt8](repeating: 1, count: 12), shown: "v.raw")
        #expect(grid.bounds == Bounds(min: .zero, max: Vector3(3, 3, 2)))
        guard case .uint16(let samples) = grid.samples else { throw ModelError(.corrupt, "not 16 bits") }
        #expect(samples == [UInt16](repeating: 257, count: 6))
    }

    @Test(
        "heads that cannot be right are refused",
        arguments: [
            ("DimSize = 2 3 1", ""), ("= Image", "= Scene"), ("MET_USHORT", "MET_LONG"), ("2 3 1", "2 3"),
            ("2 3 1", "2 3 x"), ("ObjectType = Image", "nonsense"), ("ObjectType", "CompressedData = True\nObjectType"),
        ])
    func badHeads(part: String, replacement: String) {
        #expect(throws: ModelError.self) {
            try MetaImageHeader(Self.head.replacing(part, with: replacement), shown: "v.mhd")
        }
    }

    @Test("bytes that do not fit the dimensions are refused", arguments: [0, 5, 7, 8, 16])
    func sizes(count: Int) {
        let volume = RawVolume(dimensions: [3, 1, 2], spacing: [1, 1, 1], type: .uint8)
        #expect(throws: ModelError.self) { try volume.grid([UInt8](repeating: 0, count: count), shown: "v.raw") }
    }

    @Test("dimensions without end are refused before memory is asked for")
    func overflow() {
        for size in [SIMD3(1 << 40, 1 << 40, 2), SIMD3(-1, 2, 2), SIMD3(0, 2, 2)] {
            let volume = RawVolume(dimensions: size, spacing: [1, 1, 1], type: .float64)
            #expect(throws: ModelError.self) { try volume.grid([], shown: "v.raw") }
        }
    }

    @Test("a ramp mixes neighbours and holds its ends")
    func ramp() {
        let ramp = ColorRamp(colors: [[0, 0, 0, 0], [1, 0, 0, 1], [1, 1, 1, 1]], range: [10, 20])
        #expect(ramp.color(9) == [0, 0, 0, 0] && ramp.color(25) == [1, 1, 1, 1])
        #expect(ramp.color(12.5) == [0.5, 0, 0, 0.5] && ramp.color(15) == [1, 0, 0, 1])
        #expect(ramp.color(.nan) == [0, 0, 0, 0])
        #expect(ColorRamp(colors: [[1, 0, 0, 1]]).color(7) == [1, 0, 0, 1])
    }
}
