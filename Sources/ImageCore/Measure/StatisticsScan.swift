// SPDX-License-Identifier: Apache-2.0
import CVector

/// Gathers statistics row by row.
package struct StatisticsScan: Sendable {
    /// What some rows gave.
    package struct Part: Sendable {
        package var minimum = SIMD4<Float>(repeating: .infinity)
        package var maximum = SIMD4<Float>(repeating: -.infinity)
        package var sum = SIMD4<Double>.zero
        package var broken = 0
        package var foreground = 0
        package var visible = 0
        package var leastColor = SIMD4<Float>(repeating: .infinity)
        package var mostColor = SIMD4<Float>(repeating: -.infinity)

        package init() {}

        package mutating func merge(_ other: Part) {
            minimum.replace(with: other.minimum, where: other.minimum .< minimum)
            maximum.replace(with: other.maximum, where: other.maximum .> maximum)
            leastColor.replace(with: other.leastColor, where: other.leastColor .< leastColor)
            mostColor.replace(with: other.mostColor, where: other.mostColor .> mostColor)
            sum += other.sum
            broken += other.broken
            foreground += other.foreground
            visible += other.visible
        }

        package func summary(pixels: Int, hasAlpha: Bool) -> PixelStatistics {
            var result = PixelStatistics()
            let hasAny = minimum.x <= maximum.x
            (result.minimum, result.maximum) = hasAny ? (minimum, maximum) : (.zero, .zero)
            result.mean = sum / Double(pixels)
            result.alphaCoverage = hasAlpha ? min(1, max(0, result.mean.w)) : 1
            (result.nanCount, result.foregroundCount) = (broken, foreground)
            let spread = mostColor - leastColor
            result.isConstant = foreground == 0 || (0..<3).allSatisfy { spread[$0] <= StatisticsScan.tolerance }
            result.blank =
                broken > 0
                ? .notNumbers
                : visible == 0 ? .transparent : foreground == 0 ? .background : result.isConstant ? .constant : nil
            return result
        }
    }

    /// A little above 1/255, for rounding.
    static let tolerance: Float = 1.01 / 255

    private let format: PixelFormat
    private let kernels = KernelSet.current.table
    private let reader: RowReader
    private let isPremultiplied: Bool
    private let background: SIMD4<Float>?

    init(format: PixelFormat, background: SIMD4<Float>?) {
        self.format = format
        isPremultiplied = format.alpha == .premultiplied
        reader = RowReader(
            format, transfer: format.transfer, premultiplied: isPremultiplied, kernels: kernels)
        self.background = background.map { Self.stored($0, in: format) }
    }

    /// What a format holds of a linear straight colour, as floats.
    package static func stored(_ color: SIMD4<Float>, in format: PixelFormat) -> SIMD4<Float> {
        var stored = color
        if format.transfer == .sRGB { for c in 0..<3 { stored[c] = SRGB.encoded(color[c]) } }
        if format.alpha == .premultiplied { for c in 0..<3 { stored[c] *= color.w } }
        if !format.channels.hasAlpha { stored.w = 1 }
        return stored
    }

    func add(_ row: UnsafeRawPointer, width: Int, to part: inout Part) {
        if format == .rgba8 { return addBytes(row, width: width, to: &part) }
        let scratch = RowScratch(width: width)
        reader.read(row, count: width, into: scratch.base)
        var last = SIMD4<Float>(repeating: .nan)
        var (isVisible, isForeground) = (0, 0)
        for x in 0..<width {
            let pixel = UnsafeRawPointer(scratch.base + 4 * x).load(as: SIMD4<Float>.self)
            // Only finite numbers give zero here.
            if pixel - pixel != .zero {
                part.broken += (0..<4).reduce(0) { $0 + (pixel[$1].isFinite ? 0 : 1) }
                continue
            }
            part.sum += SIMD4<Double>(Double(pixel.x), Double(pixel.y), Double(pixel.z), Double(pixel.w))
            // A run of equal pixels changes nothing but sums and counts.
            if pixel != last {
                last = pixel
                part.minimum.replace(with: pixel, where: pixel .< part.minimum)
                part.maximum.replace(with: pixel, where: pixel .> part.maximum)
                isVisible = pixel.w > 0 ? 1 : 0
                isForeground = isVisible == 1 && !isBackground(pixel) ? 1 : 0
                if isForeground == 1 {
                    let color = isPremultiplied ? pixel / pixel.w : pixel
                    part.leastColor.replace(with: color, where: color .< part.leastColor)
                    part.mostColor.replace(with: color, where: color .> part.mostColor)
                }
            }
            part.visible += isVisible
            part.foreground += isForeground
        }
    }

    /// Bytes have a kernel of their own.
    private func addBytes(_ row: UnsafeRawPointer, width: Int, to part: inout Part) {
        var found = vec_statistics()
        let (low, high) = backgroundBytes
        withUnsafeBytes(of: low) { low in
            withUnsafeBytes(of: high) { high in
                kernels.scan_rgba8(
                    row.assumingMemoryBound(to: UInt8.self), Int64(width),
                    low.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    high.baseAddress?.assumingMemoryBound(to: UInt8.self), &found)
            }
        }
        func shares(_ v: (UInt8, UInt8, UInt8, UInt8)) -> SIMD4<Float> {
            SIMD4(Float(v.0), Float(v.1), Float(v.2), Float(v.3)) / 255
        }
        var bytes = Part()
        (bytes.minimum, bytes.maximum) = (shares(found.least), shares(found.most))
        bytes.sum = SIMD4(Double(found.sum.0), Double(found.sum.1), Double(found.sum.2), Double(found.sum.3)) / 255
        (bytes.visible, bytes.foreground) = (Int(found.visible), Int(found.foreground))
        if found.foreground > 0 {
            (bytes.leastColor, bytes.mostColor) = (shares(found.least_foreground), shares(found.most_foreground))
        }
        part.merge(bytes)
    }

    /// The codes that count as background; none lies between 1 and 0.
    private var backgroundBytes: (low: SIMD4<UInt8>, high: SIMD4<UInt8>) {
        guard let background else { return (SIMD4(repeating: 1), SIMD4(repeating: 0)) }
        var (low, high) = (SIMD4<UInt8>(repeating: 0), SIMD4<UInt8>(repeating: 0))
        for c in 0..<4 {
            low[c] = UInt8(max(0, min(255, ((background[c] - Self.tolerance) * 255).rounded(.up))))
            high[c] = UInt8(max(0, min(255, ((background[c] + Self.tolerance) * 255).rounded(.down))))
        }
        return (low, high)
    }

    private func isBackground(_ pixel: SIMD4<Float>) -> Bool {
        guard let background else { return false }
        let distance = pixel - background
        return all(distance .<= Self.tolerance) && all(distance .>= -Self.tolerance)
    }
}
