// SPDX-License-Identifier: Apache-2.0
import CVector

/// Turns rows of RGBA floats into any format.
struct RowWriter {
    let format: PixelFormat
    /// The space of the floats.
    let transfer: PixelFormat.Transfer
    /// Whether the floats' colour is multiplied by alpha.
    let isPremultiplied: Bool
    let kernels: vec_kernel_table

    init(_ format: PixelFormat, transfer: PixelFormat.Transfer, premultiplied: Bool, kernels: vec_kernel_table) {
        (self.format, self.transfer, self.kernels) = (format, transfer, kernels)
        isPremultiplied = premultiplied
    }

    /// Writes `count` pixels; the floats are used up.
    func write(_ pixels: UnsafeMutablePointer<Float>, count: Int, to target: UnsafeMutableRawPointer) {
        if writeBytes(pixels, count, target) { return }
        var hasAlpha = isPremultiplied
        if hasAlpha, format.alpha != .premultiplied || transfer != format.transfer {
            kernels.unpremultiply_float(pixels, pixels, Int64(count))
            hasAlpha = false
        }
        if format.channels.rawValue < 3 { mixGrey(pixels, count) }
        if transfer != format.transfer { changeTransfer(pixels, count) }
        if !hasAlpha, format.alpha == .premultiplied { kernels.premultiply_float(pixels, pixels, Int64(count)) }
        pack(pixels, count, target)
    }

    private func writeBytes(
        _ pixels: UnsafeMutablePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer
    ) -> Bool {
        let staysEncoded = format.transfer == transfer
        guard format.sample == .uint8, staysEncoded || transfer == .linear, format.alpha != .premultiplied
        else { return false }
        let bytes = target.assumingMemoryBound(to: UInt8.self)
        let table = staysEncoded ? nil : SRGBTables.shared.encode8
        switch format.channels {
        case .rgba: kernels.encode_rgba8(pixels, bytes, Int64(count), table, isPremultiplied ? 1 : 0)
        case .rgb:
            if isPremultiplied { kernels.unpremultiply_float(pixels, pixels, Int64(count)) }
            kernels.encode_rgb8(pixels, bytes, Int64(count), table)
        case .grey, .greyAlpha: return false
        }
        return true
    }

    /// Luma of Rec. 709 in the red lane; equal channels are kept to the last bit.
    private func mixGrey(_ pixels: UnsafeMutablePointer<Float>, _ count: Int) {
        for i in 0..<count {
            let (red, green, blue) = (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2])
            if red == green, green == blue { continue }
            pixels[4 * i] = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
    }

    private func changeTransfer(_ pixels: UnsafeMutablePointer<Float>, _ count: Int) {
        let tables = SRGBTables.shared
        let colors = format.channels.rawValue < 3 ? 1 : 3
        for i in 0..<count {
            for c in 4 * i..<4 * i + colors {
                pixels[c] = transfer == .linear ? tables.encoded(pixels[c]) : SRGB.linear(pixels[c])
            }
        }
    }

    private func pack(_ pixels: UnsafeMutablePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer) {
        switch format.sample {
        case .uint8:
            gather(pixels, count) { target.storeBytes(of: UInt8(Self.code($1, 255)), toByteOffset: $0, as: UInt8.self) }
        case .uint16:
            gather(pixels, count) {
                target.storeBytes(of: UInt16(Self.code($1, 65535)), toByteOffset: 2 * $0, as: UInt16.self)
            }
        case .float32 where format.channels == .rgba:
            target.copyMemory(from: pixels, byteCount: 16 * count)
        case .float32:
            gather(pixels, count) { target.storeBytes(of: $1, toByteOffset: 4 * $0, as: Float.self) }
        }
    }

    /// Rounded to nearest; what is not a number becomes 0.
    private static func code(_ value: Float, _ most: Float) -> Int {
        guard value > 0 else { return 0 }
        return Int(min(value, 1) * most + 0.5)
    }

    @inline(__always)
    private func gather(_ pixels: UnsafeMutablePointer<Float>, _ count: Int, _ store: (Int, Float) -> Void) {
        let step = format.channels.rawValue
        let colors = step < 3 ? 1 : 3
        for i in 0..<count {
            for c in 0..<colors { store(i * step + c, pixels[4 * i + c]) }
            if format.channels.hasAlpha { store(i * step + step - 1, pixels[4 * i + 3]) }
        }
    }
}
