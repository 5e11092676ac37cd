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
        switch (format.channels, format.alpha, target.channels, target.alpha) {
        case (.rgba, .straight, .rgb, .none): return mappedBytes(to: target) { $0.drop_alpha8($1, $2, $3, $4) }
        case (.rgb, .none, .rgba, _): return mappedBytes(to: target) { $0.add_alpha8($1, $2, $3, $4) }
        case (.rgba, .straight, .rgba, .premultiplied):
            return mappedBytes(to: target) { $0.premultiply_rgba8($1, $2, $3, $4) }
        case (.rgba, .premultiplied, .rgba, .straight):
            return mappedBytes(to: target) { table, source, target, count, _ in
                table.unpremultiply_rgba8(source, target, count)
            }
        default: return nil
        }
    }

    private func mappedBytes(
        to target: PixelFormat,
        _ run:
            @Sendable (
                _ kernels: vec_kernel_table, _ source: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>,
                _ count: Int64, _ streams: Int32
            ) -> Void
    ) -> PixelBuffer {
        let result = PixelBuffer(unfilledWidth: width, height: height, format: target)
        let kernels = KernelSet.current.table
        let streams: Int32 = result.outgrowsCaches ? 1 : 0
        let (from, to) = (RowAddress(self), RowAddress(result))
        forEachRun(minimum: 1 << 18, isWhole: isGapless && result.isGapless) { y, count in
            run(kernels, from.bytes(y), to.bytes(y), Int64(count), streams)
        }
        return result
    }

    /// The same picture with red and blue exchanged; 8-bit RGBA only, other formats are returned as they are.
    package func withRedAndBlueExchanged() -> PixelBuffer {
        guard format.channels == .rgba, format.sample == .uint8 else { return copy() }
        return mappedBytes(to: format) { $0.swap_red_blue8($1, $2, $3, $4) }
    }
}

extension PixelBuffer {
    /// Whether rows follow each other without padding, so that many can be taken for one.
    var isGapless: Bool { stride == rowByteCount }

    /// Whether the picture is larger than what processors keep of it for a thread, so that writing past the caches is
    /// better. A number rather than a question: within virtual machines the system names caches that are not there.
    var outgrowsCaches: Bool { byteCount > 16 << 20 }

    /// Hands out stretches of pixels, of `minimum` or more to a thread where rows are whole, by first row and count.
    func forEachRun(minimum: Int, isWhole: Bool, _ body: @Sendable (_ row: Int, _ count: Int) -> Void) {
        let width = width
        WorkerPool.shared.runBands(height, minimum: max(1, minimum / max(1, width))) { rows in
            if isWhole {
                body(rows.lowerBound, rows.count * width)
            } else {
                for y in rows { body(y, width) }
            }
        }
    }
}

/// How rows travel from one format to another: through floats in the space that loses least.
package struct ConversionPlan {
    let reader: RowReader
    let writer: RowWriter

    /// Whether samples stay as they are.
    package var isCopy: Bool { reader.format == writer.format }

    /// The space of the floats.
    package var transfer: PixelFormat.Transfer { reader.transfer }
    /// Whether the floats' colour is multiplied by alpha.
    package var isPremultiplied: Bool { reader.premultiplies }

    package init(from source: PixelFormat, to target: PixelFormat) {
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

    func bytes(_ y: Int) -> UnsafeMutablePointer<UInt8> { row(y).assumingMemoryBound(to: UInt8.self) }
}
