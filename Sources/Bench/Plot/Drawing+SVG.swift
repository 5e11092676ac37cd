// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Drawing {
    /// The drawing as an SVG 1.1 file.
    var svg: String {
        let body = shapes.map(Self.element).joined(separator: "\n")
        let size = "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" \(size) \
            viewBox="0 0 \(Self.number(width)) \(Self.number(height))" font-family="sans-serif">
            <rect width="100%" height="100%" fill="#ffffff"/>
            \(body)
            </svg>

            """
    }

    private static func element(_ shape: Shape) -> String {
        switch shape {
        case .line(let points, let color, let width, let dash):
            let places = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
            let dashes = dash > 0 ? " stroke-dasharray=\"\(number(dash)) \(number(dash))\"" : ""
            return "<polyline points=\"\(places)\" fill=\"none\" stroke=\"\(hex(color))\" "
                + "stroke-width=\"\(number(width))\"\(dashes)/>"
        case .dot(let place, let color, let radius, let isFilled):
            return "<circle cx=\"\(number(place.x))\" cy=\"\(number(place.y))\" r=\"\(number(radius))\" "
                + "fill=\"\(isFilled ? hex(color) : "#ffffff")\" stroke=\"\(hex(color))\"/>"
        case .text(let text, let place, let color, let size, let anchor):
            return "<text x=\"\(number(place.x))\" y=\"\(number(place.y))\" font-size=\"\(number(size))\" "
                + "text-anchor=\"\(anchor.rawValue)\" fill=\"\(hex(color))\">\(BenchPlot.escaped(text))</text>"
        }
    }

    private static func hex(_ color: Color) -> String { String(format: "#%06x", color & 0xFF_FFFF) }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : String(format: "%.2f", value)
    }
}
