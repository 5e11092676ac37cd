// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore

/// Compares pictures with one that counts as without noise.
struct QualityJudge: ~Copyable {
    /// Linear premultiplied RGBA of the reference, four floats a pixel.
    private let light: [Float]
    private let finished: PixelBuffer
    private let finishedBytes: [UInt8]
    /// Whether each pixel shows something or is beside one that does; empty for pictures without a clear background.
    private let isDrawn: [Bool]
    private let meanLight: Double
    /// Coverage above which a pixel counts as drawn.
    private static let coverage: Float = 0.02

    init(reference: borrowing PixelBuffer) {
        light = reference.floats()
        finished = Self.finish(reference)
        finishedBytes = finished.packedBytes()
        isDrawn = Self.mask(light, width: reference.width, height: reference.height)
        meanLight = Self.mean(light)
    }

    /// The picture as people see it: the filmic curve, sRGB, over mid grey where it is clear.
    static func finish(_ picture: borrowing PixelBuffer) -> PixelBuffer {
        var development = Development(
            outputs: [
                Development.Output(
                    width: picture.width, height: picture.height, format: .rgb8, background: SIMD3(repeating: 0.18))
            ])
        development.settings = DevelopSettings(toneMap: .filmic)
        return picture.developed(development).first()
    }

    /// Measures a picture of the reference's size.
    func error(of picture: borrowing PixelBuffer) throws(ImageError) -> PictureError {
        let own = picture.floats()
        let developed = Self.finish(picture)
        let comparison = try PixelBuffer.compare(developed, finished)
        var error = PictureError(
            psnr: comparison.psnr, ssim: comparison.ssim, relativeError: relativeError(own),
            meanChange: meanLight == 0 ? 0 : Self.mean(own) / meanLight - 1)
        if !isDrawn.isEmpty {
            let bytes = developed.packedBytes()
            error.drawnPSNR = psnr(bytes, where: true)
            error.clearPSNR = psnr(bytes, where: false)
        }
        return error
    }

    private func relativeError(_ own: [Float]) -> Double {
        var sum = 0.0
        for pixel in stride(from: 0, to: light.count, by: 4) {
            let mean = Double(light[pixel] + light[pixel + 1] + light[pixel + 2]) / 3
            for c in pixel..<pixel + 3 {
                let difference = Double(own[c]) - Double(light[c])
                sum += difference * difference / (mean * mean + 0.01)
            }
        }
        return light.isEmpty ? 0 : sum / Double(light.count / 4 * 3)
    }

    private func psnr(_ bytes: [UInt8], where wanted: Bool) -> Double {
        var (sum, count) = (0, 0)
        for (pixel, drawn) in isDrawn.enumerated() where drawn == wanted {
            count += 3
            for c in 3 * pixel..<3 * pixel + 3 {
                let difference = Int(bytes[c]) - Int(finishedBytes[c])
                sum += difference * difference
            }
        }
        return sum == 0 ? .infinity : 10 * log10(255 * 255 * Double(count) / Double(sum))
    }

    /// The mean of all colours.
    static func mean(_ light: [Float]) -> Double {
        var sum = 0.0
        for pixel in stride(from: 0, to: light.count, by: 4) {
            sum += Double(light[pixel]) + Double(light[pixel + 1]) + Double(light[pixel + 2])
        }
        return light.isEmpty ? 0 : sum / Double(light.count / 4 * 3)
    }

    private static func mask(_ light: [Float], width: Int, height: Int) -> [Bool] {
        let covered = stride(from: 3, to: light.count, by: 4).map { light[$0] > coverage }
        guard covered.contains(true), covered.contains(false) else { return [] }
        var grown = covered
        for y in 0..<height {
            for x in 0..<width where covered[y * width + x] {
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1) { grown[row * width + column] = true }
                }
            }
        }
        return grown.contains(false) ? grown : []
    }
}

extension PixelBuffer {
    /// The samples of a picture of floats.
    func floats() -> [Float] {
        packedBytes().withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }
}
