// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

/// How a render becomes the picture of an output: shrunk or grown as a whole, with a border where the shapes differ.
struct OutputFit {
    /// What the image core makes; without the border.
    let developed: Development.Output
    /// How its file is written.
    let settings: JobFile.Output
    private let width: Int
    private let height: Int

    init(_ output: PlannedOutput, width: Int, height: Int) {
        let scale = min(Double(output.width) / Double(width), Double(output.height) / Double(height))
        settings = output.settings
        let background = settings.background ?? (settings.format == .jpeg ? .white : nil)
        let sample: PixelFormat.Sample = settings.depth == 16 ? .uint16 : .uint8
        developed = Development.Output(
            width: Self.extent(Double(width) * scale, output.width),
            height: Self.extent(Double(height) * scale, output.height),
            format: background == nil
                ? PixelFormat(channels: .rgba, sample: sample, transfer: .sRGB, alpha: .straight)
                : PixelFormat(channels: .rgb, sample: sample, transfer: .sRGB, alpha: .none),
            background: background?.linearRGB)
        (self.width, self.height) = (output.width, output.height)
    }

    private static func extent(_ wanted: Double, _ most: Int) -> Int { min(most, max(1, Int(wanted.rounded()))) }

    /// Whether the picture needs a border.
    var isPadded: Bool { developed.width != width || developed.height != height }

    /// The picture with its border.
    ///
    /// - Parameter color: linear straight RGBA of what lies beyond the render; the output's background shows through it.
    func padded(_ picture: borrowing PixelBuffer, color: SIMD4<Float>) -> PixelBuffer {
        let (left, top) = ((width - developed.width) / 2, (height - developed.height) / 2)
        var border = color
        if let background = developed.background {
            for c in 0..<3 { border[c] = color[c] * color.w + background[c] * (1 - color.w) }
            border.w = 1
        }
        return picture.padded(
            left: left, top: top, right: width - developed.width - left, bottom: height - developed.height - top,
            color: border)
    }
}
