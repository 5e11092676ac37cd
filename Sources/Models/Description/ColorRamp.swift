// SPDX-License-Identifier: Apache-2.0

/// Colours and opacities over a range of values: a volume's transfer function, or a simulation's scale.
public struct ColorRamp: Sendable, Hashable {
    /// Linear red, green, blue and opacity, spread evenly over `range`; never empty.
    public var colors: [SIMD4<Float>]
    /// The values of the first and the last colour; values beyond have those.
    public var range: SIMD2<Float>

    /// A ramp, by default Brayns': from clear black at 0 to solid white at 255.
    public init(
        colors: [SIMD4<Float>] = [SIMD4(0, 0, 0, 0), SIMD4(1, 1, 1, 1)], range: SIMD2<Float> = SIMD2(0, 255)
    ) {
        (self.colors, self.range) = (colors, range)
    }

    /// The colour of a value, mixed from the two nearest; that of the range's start for values that are no number.
    public func color(_ value: Float) -> SIMD4<Float> {
        guard colors.count > 1, value > range.x else { return colors.first ?? SIMD4(repeating: 1) }
        guard value < range.y else { return colors[colors.count - 1] }
        let position = (value - range.x) / (range.y - range.x) * Float(colors.count - 1)
        let index = min(Int(position), colors.count - 2)
        let share = position - Float(index)
        return colors[index] * (1 - share) + colors[index + 1] * share
    }
}
