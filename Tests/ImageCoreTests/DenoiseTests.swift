// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

/// Noise goes, the picture stays.
@Suite struct DenoiseTests {
    static let shapes = [(1, 1), (1, 64), (64, 1), (7, 5), (64, 65), (257, 9)]

    /// Grey light with noise of a known variance.
    static func noisy(_ width: Int, _ height: Int, level: Float = 0.5, seed: UInt64 = 3) -> PixelBuffer {
        var generator = SeededGenerator(seed)
        var floats: [Float] = []
        for _ in 0..<width * height {
            for _ in 0..<3 { floats.append(level * Float.random(in: 0.4...1.6, using: &generator)) }
            floats.append(1)
        }
        return PixelBuffer(width: width, height: height, format: .linearRGBA, floats: floats)
    }

    static func floats(_ picture: borrowing PixelBuffer) -> [Float] {
        picture.packedBytes().withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    static func isFinite(_ picture: borrowing PixelBuffer) -> Bool { floats(picture).allSatisfy(\.isFinite) }

    @Test("a picture of any extent keeps its extent, its format and finite values", arguments: shapes)
    func extents(width: Int, height: Int) throws {
        let clean = try Self.noisy(width, height).denoised()
        #expect(clean.width == width && clean.height == height && clean.format == .linearRGBA)
        let isFinite = Self.isFinite(clean)
        #expect(isFinite)
    }

    @Test("an empty picture stays empty", arguments: [(0, 0), (0, 7), (7, 0)])
    func empty(width: Int, height: Int) throws {
        let clean = try PixelBuffer(width: width, height: height, format: .linearRGBA).denoised()
        #expect(clean.width == width && clean.height == height && clean.byteCount == 0)
    }

    @Test("a strength of 0 changes nothing")
    func neutral() throws {
        let picture = Self.noisy(9, 9)
        let same = try picture.denoised(DenoiseSettings(strength: 0)).packedBytes()
        #expect(same == picture.packedBytes())
    }

    /// Why a picture of 4x4 pixels is refused.
    private func refusal(_ settings: DenoiseSettings, _ guides: borrowing DenoiseGuides) -> ImageError.Code? {
        do throws(ImageError) {
            _ = try Self.noisy(4, 4).denoised(settings, guides: guides)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("a strength outside its range is refused", arguments: [-1, 4.5, Float.nan])
    func strength(value: Float) {
        #expect(refusal(DenoiseSettings(strength: value), DenoiseGuides()) == .badSetting)
    }

    @Test("a plane of another extent is refused")
    func mismatchedSize() {
        var guides = DenoiseGuides()
        guides.normal = PixelBuffer(width: 5, height: 4, format: .linearRGB)
        #expect(refusal(DenoiseSettings(), guides) == .sizeMismatch)
    }

    @Test("a plane of another format is refused")
    func mismatchedFormat() {
        var guides = DenoiseGuides()
        guides.depth = PixelBuffer(width: 4, height: 4, format: .linearRGB)
        #expect(refusal(DenoiseSettings(), guides) == .formatMismatch)
    }

    @Test("noise on a flat surface becomes a third or less")
    func flat() throws {
        let clean = Self.floats(try Self.noisy(64, 64).denoised())
        let reds = stride(from: 0, to: clean.count, by: 4).map { clean[$0] }
        let mean = reds.reduce(0, +) / Float(reds.count)
        let spread = (reds.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(reds.count)).squareRoot()
        #expect(abs(mean - 0.5) < 0.01)
        #expect(spread < 0.173 / 3, "\(spread)")
    }

    @Test("what is not finite does not spread")
    func notFinite() throws {
        var floats = Self.floats(Self.noisy(16, 16))
        (floats[100], floats[301], floats[502]) = (.nan, .infinity, -.infinity)
        let clean = try PixelBuffer(width: 16, height: 16, format: .linearRGBA, floats: floats).denoised()
        let isFinite = Self.isFinite(clean)
        #expect(isFinite)
    }
}
