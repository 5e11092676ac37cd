// SPDX-License-Identifier: Apache-2.0
import CVector

#if canImport(Glibc)
    import Glibc
#endif

extension PixelBuffer {
    /// Measures how far two pictures of the same size are apart, whatever their formats.
    ///
    /// Two empty pictures are equal.
    /// - Throws: `ImageError` with code `.sizeMismatch`.
    public static func compare(
        _ a: borrowing PixelBuffer, _ b: borrowing PixelBuffer
    ) throws(ImageError) -> PictureComparison {
        try checkSameSize(a, b)
        let pair = RowPair(a, b)
        let channels = a.format.channels.hasAlpha || b.format.channels.hasAlpha ? 4 : 3
        let (isBytes, kernels) = (a.format == .rgba8 && b.format == .rgba8, KernelSet.current.table)
        var total = DifferenceSum()
        var similarity = StructuralSimilarity(width: a.width, height: a.height)
        for y in 0..<a.height {
            pair.read(y)
            if isBytes {
                total.add(bytes: a.row(y), b.row(y), pixels: a.width, kernels)
            } else {
                total.add(pair.first, pair.second, pixels: a.width, channels: channels)
            }
            similarity.add(pair.first, pair.second)
        }
        let samples = Double(max(1, a.width * a.height * channels))
        return PictureComparison(
            rmse: 255 * (total.squared / samples).squareRoot(), ssim: similarity.finish(),
            maxDifference: 255 * Double(total.largest), meanAbsoluteDifference: 255 * total.absolute / samples,
            differingPixels: total.pixels)
    }

    /// A picture of the differences: black where two pictures agree.
    ///
    /// - Parameter gain: what the differences of the sRGB-encoded samples are multiplied by. A difference of alpha shows
    ///   in all three colours.
    /// - Returns: a picture in `PixelFormat.rgb8`.
    /// - Throws: `ImageError` with code `.sizeMismatch`.
    public static func difference(
        _ a: borrowing PixelBuffer, _ b: borrowing PixelBuffer, gain: Float = 1
    ) throws(ImageError) -> PixelBuffer {
        try checkSameSize(a, b)
        let pair = RowPair(a, b)
        let result = PixelBuffer(width: a.width, height: a.height, format: .rgb8)
        for y in 0..<a.height {
            pair.read(y)
            let target = result.row(y).assumingMemoryBound(to: UInt8.self)
            for x in 0..<a.width {
                let alpha = abs(pair.first[4 * x + 3] - pair.second[4 * x + 3])
                for c in 0..<3 {
                    let difference = max(alpha, abs(pair.first[4 * x + c] - pair.second[4 * x + c]))
                    target[3 * x + c] = PlainKernels.share(difference * gain)
                }
            }
        }
        return result
    }

    private static func checkSameSize(
        _ a: borrowing PixelBuffer, _ b: borrowing PixelBuffer
    ) throws(ImageError) {
        guard a.width == b.width, a.height == b.height else {
            throw ImageError(
                .sizeMismatch,
                "A picture of \(a.width)x\(a.height) cannot be compared with one of \(b.width)x\(b.height).")
        }
    }
}

/// Rows of two pictures as encoded, straight floats; the pictures outlive it.
private struct RowPair: ~Copyable {
    let first: UnsafeMutablePointer<Float>
    let second: UnsafeMutablePointer<Float>
    private let scratch: RowScratch
    private let readers: (RowReader, RowReader)
    private let rows: (RowAddress, RowAddress)
    private let width: Int

    init(_ a: borrowing PixelBuffer, _ b: borrowing PixelBuffer) {
        let kernels = KernelSet.current.table
        scratch = RowScratch(width: a.width, rows: 2)
        (first, second, width) = (scratch.row(0), scratch.row(1), a.width)
        readers = (
            RowReader(a.format, transfer: .sRGB, premultiplied: false, kernels: kernels),
            RowReader(b.format, transfer: .sRGB, premultiplied: false, kernels: kernels)
        )
        rows = (RowAddress(a), RowAddress(b))
    }

    func read(_ y: Int) {
        readers.0.read(rows.0.row(y), count: width, into: first)
        readers.1.read(rows.1.row(y), count: width, into: second)
    }
}

private struct DifferenceSum {
    var squared = 0.0
    var absolute = 0.0
    var largest: Float = 0
    var pixels = 0

    mutating func add(bytes a: UnsafeRawPointer, _ b: UnsafeRawPointer, pixels count: Int, _ kernels: vec_kernel_table)
    {
        var found = vec_difference()
        kernels.difference_rgba8(
            a.assumingMemoryBound(to: UInt8.self), b.assumingMemoryBound(to: UInt8.self), Int64(count), &found)
        squared += Double(found.squared) / (255 * 255)
        absolute += Double(found.absolute) / 255
        largest = max(largest, Float(found.largest) / 255)
        pixels += Int(found.pixels)
    }

    /// A difference that is not a number counts as the largest there is.
    mutating func add(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, pixels count: Int, channels: Int
    ) {
        for x in 0..<count {
            var differs = false
            for c in 4 * x..<4 * x + channels {
                var difference = abs(a[c] - b[c])
                if difference == 0 { continue }
                if !(difference <= 1) { difference = a[c] == b[c] ? 0 : 1 }
                differs = true
                squared += Double(difference) * Double(difference)
                absolute += Double(difference)
                largest = max(largest, difference)
            }
            if differs { pixels += 1 }
        }
    }
}
