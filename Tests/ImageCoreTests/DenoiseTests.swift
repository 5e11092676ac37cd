// SPDX-License-Identifier: Apache-2.0
import Synchronization
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
        guides.variance = PixelBuffer(width: 4, height: 4, format: .linearRGBA)
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

    @Test("the mean of a picture with fireflies stays within half a percent")
    func energy() throws {
        var floats = Self.floats(Self.noisy(96, 64))
        for pixel in [700, 2900, 5000] { for c in 0..<3 { floats[4 * pixel + c] = 90 } }
        let picture = PixelBuffer(width: 96, height: 64, format: .linearRGBA, floats: floats)
        let clean = Self.floats(try picture.denoised())
        for c in 0..<3 {
            let before = stride(from: c, to: floats.count, by: 4).reduce(0.0) { $0 + Double(floats[$1]) }
            let after = stride(from: c, to: floats.count, by: 4).reduce(0.0) { $0 + Double(clean[$1]) }
            #expect(abs(after / before - 1) < 0.005)
        }
        let brightest = clean.max() ?? 0
        #expect(brightest < 45)
    }

    /// Two surfaces, told apart by their albedo alone.
    static func step(_ width: Int, _ height: Int, _ guides: inout DenoiseGuides) -> PixelBuffer {
        var generator = SeededGenerator(17)
        var (color, albedo): ([Float], [Float]) = ([], [])
        for _ in 0..<height {
            for x in 0..<width {
                let surface: Float = x < width / 2 ? 0.2 : 0.8
                let light = Float.random(in: 0.5...1.5, using: &generator)
                color += [surface * light, surface * light, surface * light, 1]
                albedo += [surface, surface, surface]
            }
        }
        guides.albedo = PixelBuffer(width: width, height: height, format: .linearRGB, floats: albedo)
        return PixelBuffer(width: width, height: height, format: .linearRGBA, floats: color)
    }

    @Test("an edge that the guides show stays where it is")
    func edge() throws {
        var guides = DenoiseGuides()
        let picture = Self.step(48, 32, &guides)
        let clean = Self.floats(try picture.denoised(guides: guides))
        for y in 4..<28 {
            let left = clean[4 * (y * 48 + 23)]
            let right = clean[4 * (y * 48 + 24)]
            #expect(abs(left - 0.2) < 0.08 && abs(right - 0.8) < 0.16)
        }
    }

    @Test("guides of more samples take the noise of edges away")
    func fineGuides() throws {
        // Coverage of a slanted edge, once as four samples see it and once as it is.
        var generator = SeededGenerator(23)
        var (color, coarse, fine): ([Float], [Float], [Float]) = ([], [], [])
        for y in 0..<40 {
            for x in 0..<40 {
                let cover = min(max(Float(x) - 18 - 0.13 * Float(y), 0), 1)
                let seen = (0..<4).reduce(Float(0)) { sum, _ in
                    sum + (Float.random(in: 0..<1, using: &generator) < cover ? 0.25 : 0)
                }
                color += [seen * 0.7, seen * 0.7, seen * 0.7, seen]
                coarse += [seen, seen, seen]
                fine += [cover, cover, cover]
            }
        }
        var guides = DenoiseGuides()
        guides.albedo = PixelBuffer(width: 40, height: 40, format: .linearRGB, floats: coarse)
        guides.fineAlbedo = PixelBuffer(width: 40, height: 40, format: .linearRGB, floats: fine)
        guides.samples = 16
        let clean = Self.floats(
            try PixelBuffer(width: 40, height: 40, format: .linearRGBA, floats: color).denoised(guides: guides))
        func error(_ picture: [Float]) -> Float {
            (0..<1600).reduce(0) { sum, i in
                let difference = picture[4 * i] - 0.7 * fine[3 * i]
                return sum + difference * difference
            }
        }
        #expect(error(clean) < 0.25 * error(color))
    }

    @Test("a line that all samples of the colour have missed is drawn where finer guides show it")
    func missedLine() throws {
        // Rows of a line that half the pixels' samples have not met.
        var (color, coarse, fine): ([Float], [Float], [Float]) = ([], [], [])
        for y in 0..<48 {
            for x in 0..<48 {
                let isSeen = x == 24 && (y < 30 || y > 36)
                color += [isSeen ? 0.5 : 0, isSeen ? 0.5 : 0, isSeen ? 0.5 : 0, isSeen ? 1 : 0]
                coarse += [Float](repeating: isSeen ? 1 : 0, count: 3)
                fine += [Float](repeating: x == 24 ? 1 : 0, count: 3)
            }
        }
        func plane(_ floats: [Float]) -> PixelBuffer {
            PixelBuffer(width: 48, height: 48, format: .linearRGB, floats: floats)
        }
        var guides = DenoiseGuides()
        guides.albedo = plane(coarse)
        let picture = PixelBuffer(width: 48, height: 48, format: .linearRGBA, floats: color)
        let without = Self.floats(try picture.denoised(guides: guides))
        guides.fineAlbedo = plane(fine)
        guides.samples = 64
        let with = Self.floats(try picture.denoised(guides: guides))
        let middle = 4 * (33 * 48 + 24)
        #expect(without[middle] < 0.05 && with[middle] > 0.3, "\(without[middle]), \(with[middle])")
        #expect(with[middle - 8] < 0.05 && with[middle + 8] < 0.05)
    }

    @Test("guides of more samples are believed more", arguments: [(1, 4), (4, 64)])
    func samples(fewer: Int, more: Int) throws {
        // A dot in the guides, which as noise would go.
        func height(_ samples: Int) throws -> Float {
            var (color, albedo): ([Float], [Float]) = ([], [])
            for i in 0..<32 * 32 {
                let isDot = i % 32 == 16 && i / 32 == 16
                let light: Float = isDot ? 0.8 : 0.4 + (i % 3 == 0 ? 0.05 : -0.05)
                color += [light, light, light, 1]
                albedo += [Float](repeating: isDot ? 1 : 0.5, count: 3)
            }
            var guides = DenoiseGuides()
            guides.samples = samples
            guides.albedo = PixelBuffer(width: 32, height: 32, format: .linearRGB, floats: albedo)
            let picture = PixelBuffer(width: 32, height: 32, format: .linearRGBA, floats: color)
            return Self.floats(try picture.denoised(guides: guides))[4 * (16 * 32 + 16)]
        }
        let (low, high) = (try height(fewer), try height(more))
        #expect(low < high - 0.01 && high < 0.9, "\(low), \(high)")
    }

    @Test("guides of no samples are refused", arguments: [0, -1])
    func noSamples(count: Int) {
        var guides = DenoiseGuides()
        guides.samples = count
        #expect(refusal(DenoiseSettings(), guides) == .badSetting)
    }

    /// A flat picture with one pixel many times as bright, and the variance of four samples there.
    private static func dot(_ share: Float?, _ guides: inout DenoiseGuides) -> PixelBuffer {
        var floats = Self.floats(Self.noisy(64, 64))
        var variance = [Float](repeating: 0.03, count: 3 * 64 * 64)
        for c in 0..<3 {
            floats[4 * (32 * 64 + 32) + c] = 400
            if let share { variance[3 * (32 * 64 + 32) + c] = share * 400 * 400 }
        }
        if share != nil { guides.variance = PixelBuffer(width: 64, height: 64, format: .linearRGB, floats: variance) }
        return PixelBuffer(width: 64, height: 64, format: .linearRGBA, floats: floats)
    }

    @Test("a firefly leaves no patch, and its light is not lost", arguments: [nil, 1] as [Float?])
    func firefly(share: Float?) throws {
        var guides = DenoiseGuides()
        let picture = Self.dot(share, &guides)
        let clean = Self.floats(try picture.denoised(guides: guides))
        func light(_ x: Int, _ y: Int) -> Float { clean[4 * (y * 64 + x)] }
        let far = (0..<64).map { light($0, 4) }.reduce(0, +) / 64
        for (x, y) in [(32, 32), (33, 32), (32, 31), (35, 35), (28, 32)] { #expect(light(x, y) < 2.5 * far) }
        let sums = [Self.floats(picture), clean].map { pixels in
            stride(from: 0, to: pixels.count, by: 4).reduce(0.0) { $0 + Double(pixels[$1]) }
        }
        #expect(abs(sums[1] / sums[0] - 1) < 0.005)
    }

    @Test("a small lamp whose samples agree stays bright")
    func lamp() throws {
        var guides = DenoiseGuides()
        let picture = Self.dot(1e-4, &guides)
        let clean = Self.floats(try picture.denoised(guides: guides))
        #expect(clean[4 * (32 * 64 + 32)] > 200)
    }

    @Test("a mask that nothing covers stays clear")
    func clear() throws {
        var floats = Self.floats(Self.noisy(40, 40))
        for y in 0..<40 { for x in 0..<20 { for c in 0..<4 { floats[4 * (y * 40 + x) + c] = 0 } } }
        let clean = Self.floats(
            try PixelBuffer(width: 40, height: 40, format: .linearRGBA, floats: floats).denoised())
        for y in 0..<40 {
            #expect(clean[4 * (y * 40 + 10) + 3] == 0)
            #expect(abs(clean[4 * (y * 40 + 30) + 3] - 1) < 1e-3)
        }
    }

    @Test("a variance of zero says that there is no noise")
    func noNoise() throws {
        let picture = Self.noisy(33, 17)
        var guides = DenoiseGuides()
        guides.variance = PixelBuffer(width: 33, height: 17, format: .linearRGB)
        let same = try picture.denoised(guides: guides).packedBytes()
        #expect(same == picture.packedBytes())
    }

    @Test("a plane of nonsense neither fails nor spreads", arguments: [Float.nan, .infinity, -.infinity, -1, 1e30])
    func nonsense(value: Float) throws {
        var guides = DenoiseGuides()
        let floats = (0..<3 * 24 * 24).map { $0 % 5 == 0 ? value : 0.3 }
        guides.albedo = PixelBuffer(width: 24, height: 24, format: .linearRGB, floats: floats)
        guides.normal = PixelBuffer(width: 24, height: 24, format: .linearRGB, floats: floats)
        guides.variance = PixelBuffer(width: 24, height: 24, format: .linearRGB, floats: floats)
        guides.fineAlbedo = PixelBuffer(width: 24, height: 24, format: .linearRGB, floats: floats)
        let clean = try Self.noisy(24, 24).denoised(guides: guides)
        let isFinite = Self.isFinite(clean)
        #expect(isFinite)
    }

    @Test("an 8-bit picture comes back in its own format")
    func bytes() throws {
        let clean = try TestPictures.noise(31, 9).denoised()
        #expect(clean.format == .rgba8 && clean.width == 31 && clean.height == 9)
    }

    @Test("one thread gives the bytes of many")
    func threads() throws {
        let many = try Self.noisy(150, 70).denoised().packedBytes()
        // Who calls from inside the pool finds it taken and works alone.
        let alone = Mutex<[[UInt8]]>([])
        WorkerPool.shared.run(2) { _ in
            let bytes = (try? Self.noisy(150, 70).denoised().packedBytes()) ?? []
            alone.withLock { $0.append(bytes) }
        }
        let results = alone.withLock { $0 }
        #expect(results == [many, many])
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
