// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Models
import Raytracer
import Scene
import Testing

@Suite struct ColorTests {
    @Test(
        "light is encoded as a real Brayns encodes it",
        arguments: [
            (0.0, 0), (0.004, 17), (0.016, 35), (0.102, 90), (0.2, 122), (0.25, 134), (0.3, 144), (0.4, 160),
            (0.5, 172), (0.8, 197), (1.0, 207), (7.0, 255),
        ])
    func encodes(light: Double, value: Int) throws {
        let settings = RendererSettings(background: SIMD4(light, light, light, 1))
        let frame = try TestScenes.draw(try TestScenes.scene(), TestScenes.front(height: 1), 3, 2, settings)
        #expect(
            frame.encoded8().packedBytes()
                == Array(repeating: [UInt8(value), UInt8(value), UInt8(value), 255], count: 6).flatMap { $0 })
    }

    @Test("a picture without samples is transparent black")
    func empty() {
        #expect(Framebuffer(width: 2, height: 2).encoded8().packedBytes() == Array(repeating: 0, count: 16))
    }

    @Test("half red over white with alpha 0 reads as recorded, two surfaces deep")
    func halfRed() throws {
        let scene = try TestScenes.scene(TestScenes.sphere(radius: 5, color: [1, 0, 0, 0.5]), lights: [.ambient()])
        let settings = RendererSettings(background: SIMD4(1, 1, 1, 0))
        let frame = try TestScenes.draw(scene, TestScenes.front(height: 0.01), 1, 1, settings)
        #expect(frame.encoded8().packedBytes() == [207, 134, 134, 191])
    }

    @Test("alpha is what surfaces and background cover together", arguments: [0.0, 0.25, 1.0])
    func alpha(background: Double) throws {
        let scene = try TestScenes.scene(TestScenes.sphere(radius: 5, color: [1, 1, 1, 0.5]))
        let settings = RendererSettings(background: SIMD4(0, 0, 0, background))
        let frame = try TestScenes.draw(scene, TestScenes.front(height: 0.01), 1, 1, settings)
        let expected = 1 - 0.25 * (1 - background)
        #expect(abs(Double(frame.planes().color[3]) - expected) < 1e-5)
    }

    @Test("the power of light's table is the curve itself, whatever the value")
    func tableIsExact() {
        let encoding = BraynsEncodingProbe()
        for i in 0..<20_000 {
            let light = Float(i) * 4e-4
            #expect(encoding.isRight(light))
        }
    }
}
