// SPDX-License-Identifier: Apache-2.0
import ImageCore
import TestFixtures
import Testing

@testable import Codecs

/// Files that OpenEXR's own Python module wrote; `make-exr.py` beside them says what they hold.
@Suite struct EXRDecoderTests {
    private static let (width, height) = (37, 21)

    private static func plane(_ value: (Float, Float) -> Float) -> [Float] {
        (0..<width * height).map { value(Float($0 % width), Float($0 / width)) }
    }

    private static let float = plane { x, y in x * 0.25 + y * 8 }
    private static let half = plane { x, y in x * 0.125 - y }
    private static let whole = plane { x, y in x * 3 + y * 1000 }
    private static let smooth = plane { x, y in (x + 2 * y) / 128 }

    private func decode(_ name: String) throws -> [EXRDecoder.Part] {
        try EXRDecoder.decode(Fixtures.bytes("images/exr/\(name).exr"))
    }

    @Test("every compression without loss gives what was written", arguments: ["no", "rle", "zips", "zip", "piz"])
    func compressions(name: String) throws {
        let parts = try decode(name)
        #expect(parts.count == 1)
        #expect(parts[0].width == Self.width && parts[0].height == Self.height)
        #expect(parts[0].channels == ["Z": Self.float, "R": Self.smooth, "id": Self.whole])
    }

    @Test("those with loss give nearly that", arguments: [("pxr24", Float(0.01)), ("b44", 0.02)])
    func losses(name: String, bound: Float) throws {
        let channels = try decode(name)[0].channels
        for (key, plane) in [("Z", Self.float), ("R", Self.smooth)] {
            let found = try #require(channels[key])
            #expect(zip(found, plane).allSatisfy { abs($0 - $1) <= bound * max(1, $1) })
        }
        #expect(channels["id"] == Self.whole)
    }

    @Test("a compression that the library does not know is named as that")
    func unknown() throws {
        // Later libraries know it.
        do { #expect(try decode("dwaa")[0].channels["id"] == Self.whole) } catch {
            let error = try #require(error as? CodecError)
            #expect(error.code == .unsupported && error.message.contains("does not know the compression"))
        }
    }

    @Test("tiles, data windows away from the origin and several parts")
    func layouts() throws {
        #expect(try decode("tiled")[0].channels == ["Z": Self.float, "R": Self.half, "id": Self.whole])
        let window = try decode("window")[0]
        #expect(window.width == Self.width && window.channels == ["Z": Self.float])
        let parts = try decode("parts")
        #expect(parts.map(\.name) == ["depth", "mask"])
        #expect(parts.map(\.channels) == [["Z": Self.float], ["A": Self.half]])
    }

    @Test("what our own encoder writes comes back bit for bit", arguments: EXREncoder.Compression.allCases)
    func own(compression: EXREncoder.Compression) throws {
        for (width, height) in [(1, 1), (7, 33), (64, 16), (257, 3)] {
            let red = (0..<width * height).map { $0 % 7 == 0 ? .infinity : Float($0) * 0.37 - 2 }
            let green = red.map { -$0 }
            let plain = try EXREncoder.encode(
                width: width, height: height, channels: [("R", red), ("G", green)], compression: compression)
            let channels = ["R": red, "G": green]
            #expect(
                try EXRDecoder.decode(plain) == [EXRDecoder.Part(width: width, height: height, channels: channels)])
            let parts = try EXREncoder.encode(
                width: width, height: height, parts: [("a", [("R", red)]), ("b", [("R", green)])],
                compression: compression)
            #expect(try EXRDecoder.decode(parts).map(\.channels) == [["R": red], ["R": green]])
        }
    }

    @Test("the buffers of a real Brayns")
    func brayns() throws {
        let parts = try EXRDecoder.decode(Fixtures.bytes("brayns/69-export-gbuffers/response.payload.exr"))
        #expect(parts.map(\.name) == ["color", "depth"])
        #expect(parts.allSatisfy { $0.width == 64 && $0.height == 64 })
        #expect(parts[0].channels.keys.sorted() == ["A", "B", "G", "R"])
        #expect(parts[1].channels.count == 1)
    }

    @Test("limits hold before there is memory for the pixels")
    func limits() throws {
        let bytes = try Fixtures.bytes("images/exr/zip.exr")
        for limits in [
            ImageLimits(pixels: 37 * 21 - 1), ImageLimits(bytes: 37 * 21 * 12 - 1), ImageLimits(extent: 36),
        ] {
            let error = #expect(throws: CodecError.self) { try EXRDecoder.decode(bytes, limits: limits) }
            #expect(error?.code == .limits || limits.extent == 36)
        }
        #expect(try EXRDecoder.decode(bytes, limits: ImageLimits(pixels: 777, bytes: 37 * 21 * 12)).count == 1)
        let parts = try Fixtures.bytes("images/exr/parts.exr")
        #expect(throws: CodecError.self) { try EXRDecoder.decode(parts, limits: ImageLimits(bytes: 37 * 21 * 4)) }
    }

    @Test("broken files are refused with a sentence, and nothing worse")
    func broken() throws {
        for name in ["zip", "rle", "piz", "pxr24", "b44", "tiled", "parts"] {
            let whole = try Fixtures.bytes("images/exr/\(name).exr")
            var seed: UInt32 = 7
            func next(_ below: Int) -> Int {
                seed = seed &* 1_664_525 &+ 1_013_904_223
                return Int(seed >> 8) % below
            }
            for round in 0..<60 {
                var bytes = whole
                if round % 3 == 0 { bytes.removeLast(next(bytes.count)) }
                for _ in 0..<(round % 5) where !bytes.isEmpty { bytes[next(min(bytes.count, 600))] = UInt8(next(256)) }
                do { _ = try EXRDecoder.decode(bytes, limits: ImageLimits(pixels: 1 << 16, bytes: 1 << 22)) } catch {
                    #expect(error.message.hasSuffix(".") && error.message.contains("OpenEXR"))
                }
            }
        }
        #expect(throws: CodecError.self) { try EXRDecoder.decode([]) }
        #expect(throws: CodecError.self) { try EXRDecoder.decode([0x76, 0x2F, 0x31, 0x01]) }
        #expect(throws: CodecError.self) { try EXRDecoder.decode([0x89, 0x50, 0x4E, 0x47]) }
    }
}
