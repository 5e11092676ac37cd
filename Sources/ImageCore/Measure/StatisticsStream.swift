// SPDX-License-Identifier: Apache-2.0

/// Statistics of a picture that comes in bands of rows.
package struct StatisticsStream: Sendable {
    private let scan: StatisticsScan
    private let hasAlpha: Bool
    private var part = StatisticsScan.Part()
    private var pixels = 0

    /// - Parameters:
    ///   - format: that of every band.
    ///   - background: linear straight RGBA of pixels that do not count as content.
    package init(format: PixelFormat, background: SIMD4<Float>? = nil) {
        scan = StatisticsScan(format: format, background: background)
        hasAlpha = format.channels.hasAlpha
    }

    /// Looks at the next rows.
    package mutating func add(_ band: borrowing PixelBuffer) {
        for y in 0..<band.height where band.width > 0 { scan.add(band.row(y), width: band.width, to: &part) }
        pixels += band.width * band.height
    }

    /// What was found.
    package func statistics() -> PixelStatistics {
        pixels > 0 ? part.summary(pixels: pixels, hasAlpha: hasAlpha) : .ofNothing
    }
}
