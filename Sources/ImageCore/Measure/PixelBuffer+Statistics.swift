// SPDX-License-Identifier: Apache-2.0

extension PixelBuffer {
    /// Looks at every pixel, also to find out whether the picture shows anything.
    ///
    /// - Parameter background: linear straight RGBA of pixels that do not count as content.
    public func statistics(background: SIMD4<Float>? = nil) -> PixelStatistics {
        guard width > 0, height > 0 else { return .ofNothing }
        let (width, rows) = (self.width, RowAddress(self))
        let (scan, format) = (StatisticsScan(format: format, background: background), self.format)
        // One piece a fixed number of rows, so that sums do not depend on the number of threads.
        let piece = max(1, 262_144 / width)
        let count = (height + piece - 1) / piece
        var parts = [StatisticsScan.Part](repeating: .init(), count: count)
        parts.withUnsafeMutableBufferPointer { parts in
            nonisolated(unsafe) let parts = parts
            let height = self.height
            WorkerPool.shared.run(count) { index in
                for y in (index * piece)..<min(height, (index + 1) * piece) {
                    scan.add(rows.row(y), width: width, to: &parts[index])
                }
            }
        }
        let total = parts.dropFirst().reduce(into: parts[0]) { $0.merge($1) }
        return total.summary(pixels: width * height, hasAlpha: format.channels.hasAlpha)
    }
}
