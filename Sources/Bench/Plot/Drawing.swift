// SPDX-License-Identifier: Apache-2.0

/// Lines, dots and words on white, which can become an SVG or pixels.
struct Drawing: Sendable, Hashable {
    /// Where a word stands beside its place.
    enum Anchor: String, Sendable {
        case start, middle, end
    }

    /// A colour of 8 bits a channel in sRGB, such as 0x4E79A7.
    typealias Color = UInt32

    enum Shape: Sendable, Hashable {
        /// Straight lines from point to point; `dash` is the length of strokes and gaps, 0 for a whole line.
        case line([SIMD2<Double>], Color, width: Double, dash: Double)
        case dot(SIMD2<Double>, Color, radius: Double, isFilled: Bool)
        /// Words on a base line; `size` is that of the letters in pixels.
        case text(String, SIMD2<Double>, Color, size: Double, anchor: Anchor)
    }

    var width: Double
    var height: Double
    private(set) var shapes: [Shape] = []

    init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    mutating func line(_ points: [SIMD2<Double>], _ color: Color, width: Double = 1, dash: Double = 0) {
        shapes.append(.line(points, color, width: width, dash: dash))
    }

    mutating func dot(_ place: SIMD2<Double>, _ color: Color, radius: Double = 3, isFilled: Bool = true) {
        shapes.append(.dot(place, color, radius: radius, isFilled: isFilled))
    }

    mutating func text(
        _ text: String, _ place: SIMD2<Double>, _ color: Color = 0x333333, size: Double = 12, anchor: Anchor = .start
    ) {
        shapes.append(.text(text, place, color, size: size, anchor: anchor))
    }

    mutating func frame(_ low: SIMD2<Double>, _ high: SIMD2<Double>, _ color: Color) {
        line([low, SIMD2(high.x, low.y), high, SIMD2(low.x, high.y), low], color)
    }
}
