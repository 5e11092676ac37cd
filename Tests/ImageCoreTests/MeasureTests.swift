// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ImageCore

@Suite struct MeasureTests {
    private func filled(_ color: SIMD4<Float>, _ width: Int = 20, _ height: Int = 10) -> PixelBuffer {
        PixelBuffer(width: width, height: height, format: .rgba8, filledWith: color)
    }

    @Test("a picture that shows something is not blank")
    func content() {
        let found = TestPictures.scene(40, 30).statistics()
        #expect(found.blank == nil && !found.isConstant && found.foregroundCount > 0)
        #expect(found.maximum.w == 1 && found.minimum.w == 0)
    }

    @Test("blank pictures are told apart")
    func blanks() {
        #expect(PixelBuffer(width: 0, height: 4, format: .rgba8).statistics().blank == .empty)
        #expect(filled(SIMD4(1, 0, 0, 0)).statistics().blank == .transparent)
        #expect(filled(SIMD4(0.2, 0.2, 0.2, 1)).statistics().blank == .constant)
        let color = SIMD4<Float>(0.2, 0.4, 0.1, 1)
        #expect(filled(color).statistics(background: color).blank == .background)
        let floats = PixelBuffer(width: 2, height: 1, format: .linearRGBA, floats: [1, 2, .nan, 1, .infinity, 0, 0, 1])
        let found = floats.statistics()
        #expect(found.blank == .notNumbers && found.nanCount == 2)
    }

    @Test("a shape of one colour before a background is constant, of two colours is not")
    func constantShape() {
        let background = SIMD4<Float>(0, 0, 0, 1)
        var packed = filled(background).packedBytes()
        for x in 8..<12 { packed.replaceSubrange(4 * x..<4 * x + 4, with: [200, 10, 10, 255]) }
        let one = PixelBuffer(width: 20, height: 10, format: .rgba8, packed: packed)
        #expect(one.statistics(background: background).blank == .constant)
        #expect(one.statistics(background: background).foregroundCount == 4)
        #expect(one.statistics().blank == nil)
        packed[36] = 100
        let two = PixelBuffer(width: 20, height: 10, format: .rgba8, packed: packed)
        #expect(two.statistics(background: background).blank == nil)
    }

    @Test("means and coverage are what they are")
    func means() {
        let image = PixelBuffer(width: 2, height: 1, format: .rgba8, packed: [0, 51, 255, 0, 0, 153, 255, 255])
        let found = image.statistics()
        #expect(found.alphaCoverage == 0.5)
        #expect(abs(found.mean.y - 0.4) < 1e-6 && found.mean.x == 0 && abs(found.mean.z - 1) < 1e-6)
    }

    @Test("equal pictures compare as equal, whatever their format")
    func equal() throws {
        let image = TestPictures.noise(33, 21)
        let same = try PixelBuffer.compare(image, image)
        #expect(same.rmse == 0 && same.psnr == .infinity && abs(same.ssim - 1) < 1e-12 && same.differingPixels == 0)
        let opaque = TestPictures.noise(33, 21, format: .rgb8)
        let wide = PixelFormat(channels: .rgba, sample: .uint16, transfer: .sRGB, alpha: .straight)
        #expect(try PixelBuffer.compare(opaque, opaque.converted(to: wide)).maxDifference < 1e-3)
    }

    @Test("a known difference gives known figures")
    func known() throws {
        let a = PixelBuffer(width: 2, height: 1, format: .rgb8, packed: [10, 10, 10, 20, 20, 20])
        let b = PixelBuffer(width: 2, height: 1, format: .rgb8, packed: [13, 10, 10, 20, 20, 20])
        let found = try PixelBuffer.compare(a, b)
        #expect(abs(found.maxDifference - 3) < 1e-3 && abs(found.meanAbsoluteDifference - 0.5) < 1e-3)
        #expect(abs(found.rmse - (9.0 / 6).squareRoot()) < 1e-3 && found.differingPixels == 1)
        #expect(abs(found.psnr - 46.37) < 0.01)
        #expect(throws: ImageError.self) { try PixelBuffer.compare(a, PixelBuffer(width: 1, height: 1, format: .rgb8)) }
    }

    @Test("structural similarity falls with noise and does not care for a little brightness")
    func similarity() throws {
        let image = TestPictures.scene(60, 50).flattened(over: SIMD3(0, 0, 0))
        var noisy = image.packedBytes()
        for index in stride(from: 0, to: noisy.count, by: 5) {
            noisy[index] = noisy[index] > 127 ? noisy[index] - 60 : noisy[index] + 60
        }
        let brighter = image.packedBytes().map { UInt8(min(255, Int($0) + 6)) }
        let format = PixelFormat.rgb8
        let noise = try PixelBuffer.compare(image, PixelBuffer(width: 60, height: 50, format: format, packed: noisy))
        let light = try PixelBuffer.compare(image, PixelBuffer(width: 60, height: 50, format: format, packed: brighter))
        #expect(noise.ssim < light.ssim - 0.02 && light.ssim > 0.9)
    }

    @Test("the difference picture shows differences times the gain")
    func difference() throws {
        let a = PixelBuffer(width: 2, height: 1, format: .rgb8, packed: [10, 10, 10, 20, 20, 20])
        let b = PixelBuffer(width: 2, height: 1, format: .rgb8, packed: [13, 10, 0, 20, 20, 20])
        #expect(try PixelBuffer.difference(a, b, gain: 10).packedBytes() == [30, 0, 100, 0, 0, 0])
    }

    @Test("a pool does every piece once, also when calls nest")
    func pool() async {
        let pool = WorkerPool(threads: 3)
        for pieces in [0, 1, 2, 7, 100] {
            var done = [UInt8](repeating: 0, count: pieces * 2 + 1)
            done.withUnsafeMutableBufferPointer { done in
                nonisolated(unsafe) let done = done
                pool.run(pieces) { piece in
                    pool.run(2) { inner in done[2 * piece + inner] += 1 }
                }
            }
            #expect(done.dropLast().allSatisfy { $0 == 1 })
        }
    }
}
