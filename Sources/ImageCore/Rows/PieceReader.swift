// SPDX-License-Identifier: Apache-2.0
import CVector

/// Turns pieces of rows into premultiplied RGBA floats, developed where that is asked for.
struct PieceReader {
    /// How a piece becomes light.
    private enum Origin {
        case samples
        case braynsFrame(BraynsLight)
    }

    let format: PixelFormat
    private let reader: RowReader
    private let origin: Origin
    private let settings: DevelopSettings
    private let kernels: vec_kernel_table

    /// Reads samples as their format says, into linear or encoded values.
    init(_ format: PixelFormat, transfer: PixelFormat.Transfer, settings: DevelopSettings, kernels: vec_kernel_table) {
        (self.format, self.settings, self.kernels) = (format, settings, kernels)
        reader = RowReader(format, transfer: transfer, premultiplied: true, kernels: kernels)
        origin = .samples
    }

    /// Reads what Brayns drew over clear black, into developed light; `format` is `.rgba8` or `.rgb8`.
    init(braynsFrame format: PixelFormat, settings: DevelopSettings, kernels: vec_kernel_table) {
        (self.format, self.settings, self.kernels) = (format, settings, kernels)
        reader = RowReader(format, transfer: .linear, premultiplied: true, kernels: kernels)
        origin = .braynsFrame(BraynsLight(settings))
    }

    /// Reads `count` pixels.
    func read(_ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
        switch origin {
        case .samples:
            reader.read(source, count: count, into: target)
            if !settings.isNeutral { develop(target, count) }
        case .braynsFrame(let light):
            let bytes = source.assumingMemoryBound(to: UInt8.self)
            if format.channels == .rgba {
                readFrame(bytes, count, target, light)
            } else {
                light.opaque.withUnsafeBufferPointer {
                    kernels.linearize_rgb8(bytes, target, Int64(count), $0.baseAddress)
                }
            }
        }
    }

    /// Opaque and clear pixels need one look into a table; those between have their colour divided by alpha first.
    private func readFrame(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<Float>, _ light: BraynsLight
    ) {
        var start = 0
        while start < count {
            let isPartial = hasPartialAlpha(bytes, start, count)
            var end = min(start + Self.block, count)
            while end < count, hasPartialAlpha(bytes, end, count) == isPartial { end = min(end + Self.block, count) }
            let (source, pixels, length) = (bytes + 4 * start, target + 4 * start, end - start)
            (isPartial ? light.scene : light.opaque).withUnsafeBufferPointer {
                kernels.linearize_rgba8(source, pixels, Int64(length), $0.baseAddress, isPartial ? 0 : 1)
            }
            if isPartial { develop(pixels, length) }
            start = end
        }
    }

    private static let block = 16

    private func hasPartialAlpha(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Bool {
        var most: UInt8 = 0
        // 255 and 0 become 0 and 1; everything between becomes more.
        for x in start..<min(start + Self.block, count) { most = max(most, bytes[4 * x + 3] &+ 1) }
        return most > 1
    }

    private func develop(_ pixels: UnsafeMutablePointer<Float>, _ count: Int) {
        kernels.develop(pixels, Int64(count), settings.factor, settings.toneMap.curve, 1)
    }
}

/// The light behind the 256 codes of Brayns' pictures.
package struct BraynsLight: Sendable {
    /// The scene's light: encoding and tone curve undone.
    package let scene: [Float]
    /// The same developed anew, as the light of a finished picture.
    package let opaque: [Float]

    static let behindCodes: [Float] = (0..<256).map { ToneMapping.inverseBraynsEncoded(Float($0) / 255) }

    package init(_ settings: DevelopSettings) {
        scene = Self.behindCodes
        // Nothing asked: the codes are what they were, to the last bit.
        let isIdentity = settings.exposure == 0 && settings.toneMap == .brayns
        opaque = (0..<256).map { code in
            isIdentity
                ? SRGBTables.shared.linear8[code]
                : PlainKernels.toned(Self.behindCodes[code] * settings.factor, settings.toneMap.curve)
        }
    }
}
