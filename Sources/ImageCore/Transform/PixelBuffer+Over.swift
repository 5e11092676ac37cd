// SPDX-License-Identifier: Apache-2.0
import CVector

extension PixelBuffer {
    /// The picture over one opaque colour, without alpha; mixed in linear light.
    ///
    /// - Parameter color: linear RGB. A grey picture stays grey and takes the colour's luma.
    public func flattened(over color: SIMD3<Float>) -> PixelBuffer {
        guard format.channels.hasAlpha else { return copy() }
        let channels: PixelFormat.Channels = format.channels == .rgba ? .rgb : .grey
        let target = PixelFormat(channels: channels, sample: format.sample, transfer: format.transfer, alpha: .none)
        let result = PixelBuffer(unfilledWidth: width, height: height, format: target)
        let kernels = KernelSet.current.table
        let reader = RowReader(format, transfer: .linear, premultiplied: true, kernels: kernels)
        let writer = RowWriter(target, transfer: .linear, premultiplied: false, kernels: kernels)
        let (width, from, to) = (self.width, RowAddress(self), RowAddress(result))
        WorkerPool.shared.runBands(height, minimum: max(1, 65536 / max(1, width))) { rows in
            let scratch = RowScratch(width: width)
            for y in rows {
                reader.read(from.row(y), count: width, into: scratch.base)
                kernels.over_color(scratch.base, Int64(width), color.x, color.y, color.z)
                writer.write(scratch.base, count: width, to: to.row(y))
            }
        }
        return result
    }

    /// The picture over another of the same size.
    ///
    /// - Parameter space: where colours are mixed: in light, as lenses do it, or in the stored sRGB values, as most
    ///   programs do it and as is much faster for premultiplied 8-bit pixels.
    /// - Returns: a picture in this one's format.
    /// - Throws: `ImageError` with code `.sizeMismatch`.
    public func over(
        background: borrowing PixelBuffer, space: ResampleSpace = .linearLight
    ) throws(ImageError) -> PixelBuffer {
        guard width == background.width, height == background.height else {
            throw ImageError(
                .sizeMismatch,
                "A picture of \(width)x\(height) cannot lie over one of \(background.width)x\(background.height).")
        }
        let result = PixelBuffer(unfilledWidth: width, height: height, format: format)
        if mixBytes(over: background, into: result, space) { return result }
        let kernels = KernelSet.current.table
        let reader = RowReader(format, transfer: space.transfer, premultiplied: true, kernels: kernels)
        let below = RowReader(background.format, transfer: space.transfer, premultiplied: true, kernels: kernels)
        let writer = RowWriter(format, transfer: space.transfer, premultiplied: true, kernels: kernels)
        let (width, from, under, to) = (self.width, RowAddress(self), RowAddress(background), RowAddress(result))
        WorkerPool.shared.runBands(height, minimum: max(1, 65536 / max(1, width))) { rows in
            let scratch = RowScratch(width: width, rows: 2)
            for y in rows {
                reader.read(from.row(y), count: width, into: scratch.row(0))
                below.read(under.row(y), count: width, into: scratch.row(1))
                kernels.over_float(scratch.row(0), scratch.row(1), Int64(width))
                writer.write(scratch.row(1), count: width, to: to.row(y))
            }
        }
        return result
    }

    /// 8-bit sRGB pixels that both have alpha in the same way, without rows of floats between; false for others.
    private func mixBytes(
        over background: borrowing PixelBuffer, into result: borrowing PixelBuffer, _ space: ResampleSpace
    ) -> Bool {
        guard format == background.format, format.channels == .rgba, format.sample == .uint8, format.transfer == .sRGB,
            format.alpha == .straight || format.alpha == .premultiplied && space == .gamma
        else { return false }
        let (kernels, tables, isStraight) = (KernelSet.current.table, SRGBTables.shared, format.alpha == .straight)
        let (from, under, to) = (RowAddress(self), RowAddress(background), RowAddress(result))
        let isWhole = isGapless && background.isGapless && result.isGapless
        let streams: Int32 = result.outgrowsCaches ? 1 : 0
        forEachRun(minimum: 65536, isWhole: isWhole) { y, count in
            let (above, below, target) = (from.bytes(y), under.bytes(y), to.bytes(y))
            if !isStraight {
                kernels.over_premultiplied8(above, below, target, Int64(count), streams)
            } else if space == .gamma {
                kernels.over_straight8(above, below, target, Int64(count), nil, nil)
            } else {
                kernels.over_straight8(above, below, target, Int64(count), tables.linear8, tables.encode8)
            }
        }
        return true
    }
}
