// SPDX-License-Identifier: Apache-2.0
import CVector

extension PixelBuffer {
    /// The same picture in another format.
    ///
    /// Colour changed to grey is mixed by Rec. 709 in linear light. Taking alpha away keeps the straight colour: to put
    /// the picture over a background instead, use `flattened(over:)`. In an sRGB premultiplied format the encoded value
    /// is what alpha multiplies. Integers are rounded to nearest and clipped; samples that are no numbers become 0.
    public func converted(to target: PixelFormat) -> PixelBuffer {
        if target == format { return copy() }
        if let quick = convertedBytes(to: target) { return quick }
        let result = PixelBuffer(unfilledWidth: width, height: height, format: target)
        let plan = ConversionPlan(from: format, to: target)
        plan.run(from: self, to: result)
        return result
    }

    /// Conversions of 8-bit pixels that never leave their bytes.
    private func convertedBytes(to target: PixelFormat) -> PixelBuffer? {
        guard format.sample == .uint8, target.sample == .uint8, format.transfer == target.transfer else { return nil }
        let table = KernelSet.current.table
        switch (format.channels, format.alpha, target.channels, target.alpha) {
        case (.rgba, .straight, .rgb, .none): return mappedBytes(to: target, table.drop_alpha8)
        case (.rgb, .none, .rgba, _): return mappedBytes(to: target, table.add_alpha8)
        case (.rgba, .straight, .rgba, .premultiplied): return mappedBytes(to: target, table.premultiply_rgba8)
        case (.rgba, .premultiplied, .rgba, .straight): return mappedBytes(to: target, table.unpremultiply_rgba8)
        default: return nil
        }
    }

    private func mappedBytes(
        to target: PixelFormat,
        _ kernel: @convention(c) (UnsafePointer<UInt8>?, UnsafeMutablePointer<UInt8>?, Int64) -> Void
    ) -> PixelBuffer {
        let result = PixelBuffer(unfilledWidth: width, height: height, format: target)
        for y in 0..<height {
            kernel(
                row(y).assumingMemoryBound(to: UInt8.self), result.row(y).assumingMemoryBound(to: UInt8.self),
                Int64(width))
        }
        return result
    }

    /// The same picture with red and blue exchanged; 8-bit RGBA only, other formats are returned as they are.
    package func withRedAndBlueExchanged() -> PixelBuffer {
        guard format.channels == .rgba, format.sample == .uint8 else { return copy() }
        return mappedBytes(to: format, KernelSet.current.table.swap_red_blue8)
    }
}

/// How rows travel from one format to another: through floats in the space that loses least.
struct ConversionPlan {
    let reader: RowReader
    let writer: RowWriter

    /// Whether samples stay as they are.
    var isCopy: Bool { reader.format == writer.format }

    init(from source: PixelFormat, to target: PixelFormat) {
        let mixesGrey = source.channels.rawValue >= 3 && target.channels.rawValue < 3
        let transfer = source.transfer == target.transfer && !mixesGrey ? source.transfer : .linear
        let premultiplied =
            source.alpha == .premultiplied && target.alpha == .premultiplied && source.transfer == target.transfer
        let kernels = KernelSet.current.table
        reader = RowReader(source, transfer: transfer, premultiplied: premultiplied, kernels: kernels)
        writer = RowWriter(target, transfer: transfer, premultiplied: premultiplied, kernels: kernels)
    }

    func run(from source: borrowing PixelBuffer, to target: borrowing PixelBuffer) {
        let (width, height) = (source.width, source.height)
        let from = RowAddress(source)
        let to = RowAddress(target)
        WorkerPool.shared.runBands(height, minimum: max(1, 65536 / max(1, width))) { rows in
            let scratch = RowScratch(width: width)
            for y in rows {
                reader.read(from.row(y), count: width, into: scratch.base)
                writer.write(scratch.base, count: width, to: to.row(y))
            }
        }
    }
}

/// Where a picture's rows lie, for closures that run while its owner is borrowed.
struct RowAddress: @unchecked Sendable {
    // Sendable: used only inside a call that borrows the picture; threads touch different rows.
    let base: UnsafeMutableRawPointer
    let stride: Int

    init(_ image: borrowing PixelBuffer) { (base, stride) = (image.base, image.stride) }

    func row(_ y: Int) -> UnsafeMutableRawPointer { base + y * stride }
}
