// SPDX-License-Identifier: Apache-2.0
import CVector

/// Turns rows of any format into RGBA floats.
struct RowReader {
    let format: PixelFormat
    /// The space of the floats.
    let transfer: PixelFormat.Transfer
    /// Whether colour comes out multiplied by alpha.
    let premultiplies: Bool
    let kernels: vec_kernel_table

    init(_ format: PixelFormat, transfer: PixelFormat.Transfer, premultiplied: Bool, kernels: vec_kernel_table) {
        (self.format, self.transfer, self.kernels) = (format, transfer, kernels)
        premultiplies = premultiplied
    }

    /// Reads `count` pixels.
    func read(_ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
        if readBytes(source, count, target) { return }
        unpack(source, count, target)
        let mustChange = format.transfer != transfer
        var isPremultiplied = format.alpha == .premultiplied
        if mustChange {
            if isPremultiplied {
                kernels.unpremultiply_float(target, target, Int64(count))
                isPremultiplied = false
            }
            changeTransfer(target, count)
        }
        guard format.alpha != .none, isPremultiplied != premultiplies else { return }
        if premultiplies {
            kernels.premultiply_float(target, target, Int64(count))
        } else {
            kernels.unpremultiply_float(target, target, Int64(count))
        }
    }

    /// The common 8-bit formats have kernels of their own.
    private func readBytes(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutablePointer<Float>) -> Bool {
        let staysEncoded = format.transfer == transfer
        guard format.sample == .uint8, staysEncoded || transfer == .linear, format.alpha != .premultiplied
        else { return false }
        let bytes = source.assumingMemoryBound(to: UInt8.self)
        let table = staysEncoded ? nil : SRGBTables.shared.linear8
        switch format.channels {
        case .rgba: kernels.linearize_rgba8(bytes, target, Int64(count), table, premultiplies ? 1 : 0)
        case .rgb: kernels.linearize_rgb8(bytes, target, Int64(count), table)
        case .grey, .greyAlpha: return false
        }
        return true
    }

    private func unpack(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutablePointer<Float>) {
        let channels = format.channels
        switch format.sample {
        case .uint8:
            spread(channels, count, target) { Float(source.load(fromByteOffset: $0, as: UInt8.self)) / 255 }
        case .uint16:
            spread(channels, count, target) {
                Float(source.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)) / 65535
            }
        case .float32 where channels == .rgba:
            UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: 16 * count)
        case .float32:
            spread(channels, count, target) { source.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }

    @inline(__always)
    private func spread(
        _ channels: PixelFormat.Channels, _ count: Int, _ target: UnsafeMutablePointer<Float>,
        _ sample: (Int) -> Float
    ) {
        let step = channels.rawValue
        let isGrey = step < 3
        let alpha: Int? = channels.hasAlpha ? step - 1 : nil
        for i in 0..<count {
            let first = i * step
            for c in 0..<3 { target[4 * i + c] = sample(isGrey ? first : first + c) }
            target[4 * i + 3] = alpha.map { sample(first + $0) } ?? 1
        }
    }

    private func changeTransfer(_ pixels: UnsafeMutablePointer<Float>, _ count: Int) {
        let tables = SRGBTables.shared
        let isWide = format.sample == .float32
        for i in 0..<count {
            for c in 4 * i..<4 * i + 3 {
                let value = pixels[c]
                if transfer == .sRGB {
                    pixels[c] = tables.encoded(value)
                } else if isWide {
                    pixels[c] = SRGB.linear(value)
                } else {
                    pixels[c] = tables.linear16[Int(min(max(value, 0), 1) * 65535 + 0.5)]
                }
            }
        }
    }
}
