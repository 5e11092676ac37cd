// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Compute

@Suite struct DenoiseTests {
    /// A noisy picture of two surfaces and a hole, with what a renderer would know of it.
    private struct Frame: ~Copyable {
        var picture: PixelBuffer
        var guides: DenoiseGuides

        init(_ width: Int, _ height: Int, isKnown: Bool = true, hasVariance: Bool = true, hasFine: Bool = false) {
            var state: UInt32 = 12345
            func noise() -> Float {
                state = state &* 1_664_525 &+ 1_013_904_223
                return Float(state >> 8) / Float(1 << 24)
            }
            var (color, albedo, normal, variance): ([Float], [Float], [Float], [Float]) = ([], [], [], [])
            for y in 0..<height {
                for x in 0..<width {
                    let isHole = (x / 5 + y / 7) % 5 == 4
                    let isLeft = 2 * x < width + y % 3
                    let alpha: Float = isHole ? 0 : 1
                    let base: [Float] = isLeft ? [0.8, 0.3, 0.1] : [0.1, 0.4, 0.9]
                    let light = 0.5 + Float(x + y) / Float(width + height)
                    for c in 0..<3 {
                        color.append(alpha * base[c] * light * (0.4 + 1.2 * noise()))
                        albedo.append(alpha * base[c])
                        normal.append(isHole ? 0 : c == (isLeft ? 0 : 2) ? 1 : 0)
                        variance.append(alpha * 0.12 * base[c] * base[c])
                    }
                    color.append(alpha)
                }
            }
            func plane(_ floats: [Float], _ format: PixelFormat) -> PixelBuffer {
                PixelBuffer(width: width, height: height, format: format, floats: floats)
            }
            picture = plane(color, .linearRGBA)
            guides = DenoiseGuides()
            if isKnown {
                guides.albedo = plane(albedo, .linearRGB)
                guides.normal = plane(normal, .linearRGB)
            }
            if hasFine {
                guides.fineAlbedo = plane(albedo.map { $0 * 0.98 }, .linearRGB)
                guides.fineNormal = plane(normal.map { $0 * 0.95 }, .linearRGB)
            }
            if hasVariance { guides.variance = plane(variance, .linearRGB) }
        }
    }

    private func expectAgreement(
        _ frame: borrowing Frame, _ settings: DenoiseSettings, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (width, height) = (frame.picture.width, frame.picture.height)
        var development = Development(outputs: [
            Development.Output(width: width, height: height),
            Development.Output(width: max(1, width / 2), height: max(1, height / 3), format: .rgb8, background: .one),
            Development.Output(
                width: width, height: height,
                format: PixelFormat(channels: .rgba, sample: .uint16, transfer: .sRGB, alpha: .straight)),
        ])
        development.settings = DevelopSettings(exposure: 0.25, toneMap: .filmic)
        let found = try ComputePictures.engine().developed(
            frame.picture, development, denoise: settings, guides: frame.guides, statisticsOver: nil)
        let wanted = try frame.picture.denoised(settings, guides: frame.guides).developed(development)
        for index in 0..<wanted.count {
            let difference = ComputePictures.difference(found.pictures[index], wanted[index])
            #expect(
                difference <= 1.001 / 255, "output \(index) differs by \(difference * 255) / 255",
                sourceLocation: sourceLocation)
        }
    }

    @Test(
        "noise is taken out as the processor takes it out, at every size",
        arguments: [(1, 1), (7, 1), (1, 64), (5, 7), (64, 17), (65, 40), (130, 33)])
    func sizes(width: Int, height: Int) throws {
        try expectAgreement(Frame(width, height), DenoiseSettings())
    }

    @Test("whatever the renderer knows", arguments: [false, true], [false, true])
    func guides(isKnown: Bool, hasVariance: Bool) throws {
        try expectAgreement(Frame(65, 31, isKnown: isKnown, hasVariance: hasVariance), DenoiseSettings())
    }

    @Test("with planes over more samples too", arguments: [false, true])
    func fineGuides(hasVariance: Bool) throws {
        try expectAgreement(Frame(65, 31, hasVariance: hasVariance, hasFine: true), DenoiseSettings())
    }

    @Test("however many samples guides have", arguments: [1, 16, 64], [false, true])
    func samples(count: Int, hasFine: Bool) throws {
        var frame = Frame(65, 31, hasFine: hasFine)
        frame.guides.samples = count
        try expectAgreement(frame, DenoiseSettings())
    }

    @Test("fireflies are dimmed by the same rule", arguments: [false, true])
    func fireflies(hasVariance: Bool) throws {
        var frame = Frame(65, 31, hasVariance: hasVariance)
        var bytes = frame.picture.mutableBytes
        for pixel in [0, 64, 65 * 12 + 3, 65 * 12 + 4, 65 * 31 - 1] {
            for c in 0..<3 { bytes.storeBytes(of: 300, toByteOffset: 16 * pixel + 4 * c, as: Float.self) }
        }
        try expectAgreement(frame, DenoiseSettings())
    }

    @Test("whatever the strength", arguments: [0, 0.3, 2, 4] as [Float])
    func strength(strength: Float) throws {
        try expectAgreement(Frame(65, 31), DenoiseSettings(strength: strength))
    }

    @Test("samples that are no numbers are told by the processor's rules too")
    func broken() throws {
        var frame = Frame(40, 20)
        var bytes = frame.picture.mutableBytes
        for (pixel, value) in [(11, Float.nan), (200, .infinity), (407, -.infinity), (555, -3)] {
            bytes.storeBytes(of: value, toByteOffset: 16 * pixel, as: Float.self)
        }
        try expectAgreement(frame, DenoiseSettings())
    }

    @Test("the noise does go")
    func clean() throws {
        let frame = Frame(130, 90)
        let development = Development(outputs: [Development.Output(width: 130, height: 90, format: .linearRGBA)])
        let clean = try ComputePictures.engine().developed(
            frame.picture, development, denoise: DenoiseSettings(), guides: frame.guides, statisticsOver: nil)
        func roughness(_ picture: borrowing PixelBuffer) -> Float {
            let bytes = picture.packedBytes()
            return bytes.withUnsafeBytes { bytes in
                (0..<90 * 130 - 1).reduce(0) { sum, pixel in
                    let (a, b) = (
                        bytes.loadUnaligned(fromByteOffset: 16 * pixel, as: Float.self),
                        bytes.loadUnaligned(fromByteOffset: 16 * pixel + 16, as: Float.self)
                    )
                    return sum + abs(a - b)
                }
            }
        }
        #expect(roughness(clean.pictures[0]) < 0.5 * roughness(frame.picture))
    }

    @Test("planes of another extent, light that is not linear and a strength out of range are refused")
    func refusals() throws {
        let engine = try ComputePictures.engine()
        let frame = Frame(20, 10)
        let other = Frame(10, 10)
        var development = Development(outputs: [Development.Output(width: 20, height: 10)])
        #expect(throws: ImageError.self) {
            _ = try engine.developed(
                frame.picture, development, denoise: DenoiseSettings(), guides: other.guides, statisticsOver: nil)
        }
        #expect(throws: ImageError.self) {
            _ = try engine.developed(
                frame.picture, development, denoise: DenoiseSettings(strength: 9), guides: frame.guides,
                statisticsOver: nil)
        }
        development.space = .gamma
        #expect(throws: ComputeError.self) {
            _ = try engine.developed(
                frame.picture, development, denoise: DenoiseSettings(), guides: frame.guides, statisticsOver: nil)
        }
    }
}
