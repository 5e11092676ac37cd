// SPDX-License-Identifier: Apache-2.0
import CVector

extension PixelBuffer {
    /// The picture at another size, in the same format.
    ///
    /// Colour is mixed premultiplied, so that transparent pixels do not bleed; the filter widens when the picture
    /// shrinks. Within 1/255 of the same computed in double precision.
    /// - Parameters:
    ///   - width: columns wanted; 0 gives an empty picture.
    ///   - height: rows wanted; 0 gives an empty picture.
    ///   - space: linear light is right; gamma space is what many programs do.
    public func resized(
        width: Int, height: Int, filter: ResampleFilter = .lanczos3, space: ResampleSpace = .linearLight
    ) -> PixelBuffer {
        precondition(width >= 0 && height >= 0, "negative extent")
        if width == self.width, height == self.height { return copy() }
        let result = PixelBuffer(width: width, height: height, format: format)
        guard width > 0, height > 0, self.width > 0, self.height > 0 else { return result }
        let resampler = Resampler(
            from: (self.width, self.height), to: (width, height), filter: filter, kernels: KernelSet.current.table)
        resampler.run(from: self, to: result, transfer: space.transfer)
        return result
    }
}

/// A separable resize: rows first, each source row once a band, then columns over a ring of the rows at hand.
struct Resampler: Sendable {
    let sourceWidth: Int
    let targetWidth: Int
    let targetHeight: Int
    private let rowWindows: [vec_window]
    private let rowWeights: [Float]
    private let columns: ResampleWindows
    private let kernels: vec_kernel_table

    init(
        from source: (width: Int, height: Int), to target: (width: Int, height: Int), filter: ResampleFilter,
        kernels: vec_kernel_table
    ) {
        (sourceWidth, targetWidth, targetHeight) = (source.width, target.width, target.height)
        (rowWindows, rowWeights) =
            ResampleWindows(source: source.width, target: target.width, filter: filter).horizontal()
        columns = ResampleWindows(source: source.height, target: target.height, filter: filter)
        self.kernels = kernels
    }

    func run(
        from source: borrowing PixelBuffer, to target: borrowing PixelBuffer, transfer: PixelFormat.Transfer
    ) {
        let reader = RowReader(source.format, transfer: transfer, premultiplied: true, kernels: kernels)
        let writer = RowWriter(target.format, transfer: transfer, premultiplied: true, kernels: kernels)
        let (from, to) = (RowAddress(source), RowAddress(target))
        // A band reads its first window anew: bands are few and long.
        let bands = min(WorkerPool.shared.threads, max(1, targetHeight / 16))
        WorkerPool.shared.run(bands) { band in
            let rows = (band * targetHeight / bands)..<((band + 1) * targetHeight / bands)
            resample(rows, from: from, reader: reader, to: to, writer: writer)
        }
    }

    private func resample(
        _ rows: Range<Int>, from: RowAddress, reader: RowReader, to: RowAddress, writer: RowWriter
    ) {
        let ringRows = columns.longest
        let input = RowScratch(width: sourceWidth)
        let ring = RowScratch(width: targetWidth, rows: ringRows)
        let output = RowScratch(width: targetWidth)
        var addresses = [UnsafePointer<Float>?](repeating: nil, count: ringRows)
        var weights = [Float](repeating: 0, count: ringRows)
        var next = 0
        for y in rows {
            let window = columns.windows[y]
            next = max(next, window.first)
            while next < window.end {
                reader.read(from.row(next), count: sourceWidth, into: input.base)
                kernels.resample_row(input.base, ring.row(next % ringRows), Int64(targetWidth), rowWindows, rowWeights)
                next += 1
            }
            for k in window.weights.indices {
                addresses[k] = UnsafePointer(ring.row((window.first + k) % ringRows))
                weights[k] = Float(window.weights[k])
            }
            kernels.resample_column(
                addresses, weights, Int64(window.weights.count), output.base, Int64(4 * targetWidth))
            writer.write(output.base, count: targetWidth, to: to.row(y))
        }
    }
}
