// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

@Suite struct ColorTests {
    @Test("the 256 codes survive the way to light and back")
    func codesSurvive() {
        for code in UInt8.min...UInt8.max { #expect(SRGB.code(linear: SRGB.linear(code: code)) == code) }
    }

    @Test("encoding to 8 bits stays within 0.56 of a code of the exact curve")
    func encodingIsClose() {
        for step in 0...100_000 {
            let light = Double(step) / 100_000
            let distance = abs(Double(SRGB.code(linear: Float(light))) - 255 * SRGB.encoded(light))
            #expect(distance < 0.56)
        }
    }

    @Test("the interpolated encoding is exact to 16 bits")
    func interpolationIsExact() {
        for step in stride(from: 0, through: 65535, by: 7) {
            let light = SRGB.linear(Double(step) / 65535)
            let encoded = SRGBTables.shared.encoded(Float(light))
            #expect((Double(encoded) * 65535).rounded() == Double(step))
        }
    }

    @Test("transfer functions are inverse to each other", arguments: [0.0, 0.001, 0.0031308, 0.02, 0.18, 0.5, 1, 3])
    func inverse(light: Double) {
        #expect(abs(SRGB.linear(SRGB.encoded(light)) - light) < 1e-6)
    }

    /// What a real Brayns drew for these colours.
    @Test(
        "light developed as Brayns does gives the codes seen",
        arguments: [
            (0.2, 122), (0.25, 134), (0.3, 144), (0.4, 160), (0.5, 172), (0.8, 197), (1.0, 207), (0.004, 17),
            (0.016, 35), (0.102, 90),
        ])
    func brayns(light: Float, code: UInt8) {
        #expect(UInt8((255 * ToneMapping.braynsEncoded(light)).rounded()) == code)
        let image = PixelBuffer(width: 1, height: 1, format: .linearRGBA, floats: [light, light, light, 1])
        let settings = DevelopSettings(toneMap: .brayns)
        #expect(image.developed(settings, as: .rgba8).packedBytes() == [code, code, code, 255])
        #expect(image.developed(settings).converted(to: .rgba8).packedBytes() == [code, code, code, 255])
        #expect(abs(ToneMapping.inverseBraynsEncoded(ToneMapping.braynsEncoded(light)) - light) < 3e-5 * light)
    }

    @Test("Brayns' curve keeps middle grey, reaches 1 at 6.3704 and is undone by its inverse")
    func braynsInverse() {
        #expect(abs(ToneMapping.brayns(0.18) - 0.18) < 1e-6)
        #expect(abs(ToneMapping.brayns(6.3704) - 1) < 1e-6)
        #expect(ToneMapping.inverseBrayns(0) == 0 && ToneMapping.brayns(-1) == 0)
        for light: Float in [1e-4, 0.01, 0.18, 0.5, 1, 4, 40] {
            #expect(abs(ToneMapping.inverseBrayns(ToneMapping.brayns(light)) - light) < 2e-5 * light)
        }
    }

    @Test("filmic and Reinhard stay within 0…1 and rise")
    func curvesRise() {
        var (film, simple): (Float, Float) = (-1, -1)
        for step in 0..<200 {
            let light = Float(step) * 0.05
            let (a, b) = (ToneMapping.filmic(light), ToneMapping.reinhard(light))
            #expect(a >= film && a <= 1 && b > simple && b < 1)
            (film, simple) = (a, b)
        }
    }
}
