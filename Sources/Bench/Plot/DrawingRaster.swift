// SPDX-License-Identifier: Apache-2.0
import Foundation
import ImageCore
import Jobs

/// Paints a drawing into pixels: each pixel is covered as far as its middle lies within a shape's edge.
struct DrawingRaster {
    /// Pixels for each unit of the drawing.
    private let scale: Double
    private let width: Int
    private let height: Int
    /// 8-bit sRGB, three samples a pixel.
    private var samples: [UInt8]

    /// The drawing as a picture in `PixelFormat.rgb8`.
    static func picture(_ drawing: Drawing, scale: Double = 2) -> PixelBuffer {
        var raster = DrawingRaster(drawing, scale: scale)
        for shape in drawing.shapes { raster.paint(shape) }
        return PixelBuffer(width: raster.width, height: raster.height, format: .rgb8, packed: raster.samples)
    }

    private init(_ drawing: Drawing, scale: Double) {
        self.scale = scale
        width = max(1, Int((drawing.width * scale).rounded()))
        height = max(1, Int((drawing.height * scale).rounded()))
        samples = [UInt8](repeating: 255, count: width * height * 3)
    }

    private mutating func paint(_ shape: Drawing.Shape) {
        switch shape {
        case .line(let points, let color, let width, let dash):
            var walked = 0.0
            for (from, to) in zip(points, points.dropFirst()) {
                stroke(from * scale, to * scale, color, width: width * scale, dash: dash * scale, &walked)
            }
        case .dot(let place, let color, let radius, let isFilled):
            disc(place * scale, color, radius: (radius + 0.5) * scale)
            if !isFilled { disc(place * scale, 0xFFFFFF, radius: (radius - 0.5) * scale) }
        case .text(let text, let place, let color, let size, let anchor):
            write(text, place * scale, color, size: size * scale, anchor)
        }
    }

    /// - Parameter walked: how far along the whole line the stroke begins, for its dashes; moved to the stroke's end.
    private mutating func stroke(
        _ from: SIMD2<Double>, _ to: SIMD2<Double>, _ color: Drawing.Color, width: Double, dash: Double,
        _ walked: inout Double
    ) {
        let (way, half, before) = (to - from, width / 2, walked)
        let length = (way * way).sum().squareRoot()
        walked += length
        cover(pointwiseMin(from, to) - half - 1, pointwiseMax(from, to) + half + 1, color) { place in
            let along = length == 0 ? 0 : min(max(((place - from) * way).sum() / length, 0), length)
            if dash > 0, ((before + along) / dash).truncatingRemainder(dividingBy: 2) >= 1 { return 0 }
            let off = length == 0 ? place - from : place - from - way * (along / length)
            return half + 0.5 - (off * off).sum().squareRoot()
        }
    }

    private mutating func disc(_ middle: SIMD2<Double>, _ color: Drawing.Color, radius: Double) {
        cover(middle - radius - 1, middle + radius + 1, color) { place in
            let off = place - middle
            return radius + 0.5 - (off * off).sum().squareRoot()
        }
    }

    /// Letters of squares, whole pixels each, so that they stay sharp.
    private mutating func write(
        _ text: String, _ place: SIMD2<Double>, _ color: Drawing.Color, size: Double, _ anchor: Drawing.Anchor
    ) {
        let dot = max(1, Int((size / 11).rounded()))
        let step = dot * (LabelFont.width + 1)
        let shift: Double =
            switch anchor {
            case .start: 0
            case .middle: 0.5
            case .end: 1
            }
        let left = Int((place.x - shift * Double(step * text.count - dot)).rounded())
        let top = Int(place.y.rounded()) - dot * LabelFont.height
        for (index, letter) in text.enumerated() {
            for y in 0..<LabelFont.height * dot {
                for x in 0..<LabelFont.width * dot where LabelFont.isSet(letter, x: x / dot, y: y / dot) {
                    blend(left + index * step + x, top + y, color, 1)
                }
            }
        }
    }

    /// Blends a colour into all pixels of a box by what `coverage` says of their middles.
    private mutating func cover(
        _ low: SIMD2<Double>, _ high: SIMD2<Double>, _ color: Drawing.Color, _ coverage: (SIMD2<Double>) -> Double
    ) {
        let (left, right) = (max(0, Int(low.x)), min(width - 1, Int(high.x)))
        let (top, bottom) = (max(0, Int(low.y)), min(height - 1, Int(high.y)))
        guard left <= right, top <= bottom else { return }
        for y in top...bottom {
            for x in left...right {
                let part = coverage(SIMD2(Double(x) + 0.5, Double(y) + 0.5))
                if part > 0 { blend(x, y, color, min(1, part)) }
            }
        }
    }

    private mutating func blend(_ x: Int, _ y: Int, _ color: Drawing.Color, _ part: Double) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        for c in 0..<3 {
            let (place, target) = ((y * width + x) * 3 + c, Double(color >> UInt32(16 - 8 * c) & 255))
            let before = Double(samples[place])
            samples[place] = UInt8((before + (target - before) * part).rounded())
        }
    }
}
