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

    /// The picture over another of the same size; mixed in linear light.
    ///
    /// - Returns: a picture in this one's format.
    /// - Throws: `ImageError` with code `.sizeMismatch`.
    public func over(background: borrowing PixelBuffer) throws(ImageError) -> PixelBuffer {
        guard width == background.width, height == background.height else {
            throw ImageError(
                .sizeMismatch,
                "A picture of \(width)x\(height) cannot lie over one of \(background.width)x\(background.height).")
        }
        let result = PixelBuffer(unfilledWidth: width, height: height, format: format)
        let kernels = KernelSet.current.table
        let reader = RowReader(format, transfer: .linear, premultiplied: true, kernels: kernels)
        let below = RowReader(background.format, transfer: .linear, premultiplied: true, kernels: kernels)
        let writer = RowWriter(format, transfer: .linear, premultiplied: true, kernels: kernels)
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
}
