// SPDX-License-Identifier: Apache-2.0
import CVector

extension PixelBuffer {
    /// The picture after exposure and tone curve, which work on straight linear light.
    ///
    /// - Parameter target: the format of the result; this picture's own when left out. 8-bit targets of linear float
    ///   pictures are reached in one pass.
    public func developed(_ settings: DevelopSettings, as target: PixelFormat? = nil) -> PixelBuffer {
        let target = target ?? format
        if settings.isNeutral { return converted(to: target) }
        let result = PixelBuffer(unfilledWidth: width, height: height, format: target)
        let kernels = KernelSet.current.table
        let reader = RowReader(format, transfer: .linear, premultiplied: true, kernels: kernels)
        let writer = RowWriter(target, transfer: .linear, premultiplied: true, kernels: kernels)
        let isFused = format == .linearRGBA && target == .rgba8
        let (width, from, to) = (self.width, RowAddress(self), RowAddress(result))
        let (factor, curve) = (settings.factor, settings.toneMap.curve)
        let encode8 = SRGBTables.shared.encode8
        nonisolated(unsafe) let table = encode8
        WorkerPool.shared.runBands(height, minimum: max(1, 32768 / max(1, width))) { rows in
            let scratch = RowScratch(width: isFused ? 0 : width)
            for y in rows {
                if isFused {
                    kernels.develop_rgba8(
                        from.row(y).assumingMemoryBound(to: Float.self),
                        to.row(y).assumingMemoryBound(to: UInt8.self), Int64(width), factor, curve, table)
                } else {
                    reader.read(from.row(y), count: width, into: scratch.base)
                    kernels.develop(scratch.base, Int64(width), factor, curve, 1)
                    writer.write(scratch.base, count: width, to: to.row(y))
                }
            }
        }
        return result
    }

    /// The linear light behind a picture that Brayns drew: Brayns' encoding and tone curve undone.
    ///
    /// Brayns multiplies colour by coverage before it applies the curve, so the result is premultiplied. That holds for
    /// pictures drawn over a black background of alpha 0; over any other background the colour holds the background.
    /// - Returns: a picture in `PixelFormat.linearRGBA`; 8 bits limit what it can tell.
    public func undevelopedFromBrayns() -> PixelBuffer {
        let result = PixelBuffer(unfilledWidth: width, height: height, format: .linearRGBA)
        let kernels = KernelSet.current.table
        let reader = RowReader(format, transfer: .sRGB, premultiplied: false, kernels: kernels)
        let (width, from, to) = (self.width, RowAddress(self), RowAddress(result))
        let light = BraynsLight.behindCodes
        WorkerPool.shared.runBands(height, minimum: max(1, 65536 / max(1, width))) { rows in
            for y in rows {
                let pixels = to.row(y).assumingMemoryBound(to: Float.self)
                reader.read(from.row(y), count: width, into: pixels)
                for x in 0..<width {
                    for c in 4 * x..<4 * x + 3 { pixels[c] = light[Int(min(max(pixels[c], 0), 1) * 255 + 0.5)] }
                }
            }
        }
        return result
    }
}
