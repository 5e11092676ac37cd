// SPDX-License-Identifier: Apache-2.0
import Codecs
import Diagnostics
import Foundation
import ImageCore

/// Error over time, both as logarithms: a panel a scene, pictures without denoising dashed, denoised ones solid, the
/// points labelled by their samples.
public enum QualityPlot {
    private static let (columns, panel, gap) = (3, SIMD2(300.0, 210.0), SIMD2(70.0, 66.0))
    private static let (left, top) = (62.0, 92.0)
    private static let (raw, clean, grey, faint): (UInt32, UInt32, UInt32, UInt32) = (
        0xC0504D, 0x2F6DB5, 0x999999, 0xE4E4E4
    )

    /// The plot as an SVG.
    public static func svg(_ report: QualityReport) -> String { drawing(report).svg }

    /// The plot as a PNG, two pixels for each of the SVG.
    ///
    /// - Throws: `CodecError`.
    public static func png(_ report: QualityReport) throws -> [UInt8] {
        try PNGEncoder(compression: .small).encode(
            DrawingRaster.picture(drawing(report)), text: [PNGText(keyword: "Software", text: "Darkroom")])
    }

    static func drawing(_ report: QualityReport) -> Drawing {
        let used = min(columns, max(1, report.scenes.count))
        let rows = max(1, (report.scenes.count + columns - 1) / columns)
        let extent = SIMD2(
            left + Double(used) * (panel.x + gap.x), top + Double(rows) * (panel.y + gap.y) - 10)
        var drawing = Drawing(width: max(560, extent.x), height: extent.y)
        drawing.text("relative squared error over seconds a picture", SIMD2(20, 26), size: 15)
        drawing.text(
            "\(report.width)x\(report.height), \(report.threads) threads of \(report.machine.cpu), "
                + "against \(report.referenceSamples) samples", SIMD2(20, 44), size: 11)
        drawing.line([SIMD2(20, 60), SIMD2(50, 60)], raw, width: 1.5, dash: 5)
        drawing.text("as drawn", SIMD2(56, 64), raw)
        drawing.line([SIMD2(130, 60), SIMD2(160, 60)], clean, width: 1.5)
        drawing.text("denoised", SIMD2(166, 64), clean)
        drawing.text("numbers: samples a pixel", SIMD2(240, 64), size: 11)
        let points = report.scenes.flatMap(\.points)
        let (across, up) = (LogAxis(points.map(\.seconds)), LogAxis(points.map(\.error.relativeError)))
        for (index, scene) in report.scenes.enumerated() {
            let place = SIMD2(Double(index % columns), Double(index / columns))
            add(scene, at: SIMD2(left, top) + place * (panel + gap), across, up, to: &drawing)
        }
        return drawing
    }

    private static func add(
        _ scene: QualityReport.Scene, at corner: SIMD2<Double>, _ across: LogAxis, _ up: LogAxis,
        to drawing: inout Drawing
    ) {
        drawing.text("\(scene.name): \(scene.title)", corner + SIMD2(0, -7), size: 12)
        for tick in across.ticks {
            let x = corner.x + across.place(tick) * panel.x
            drawing.line([SIMD2(x, corner.y), SIMD2(x, corner.y + panel.y)], faint)
            drawing.text(LogAxis.text(tick), SIMD2(x, corner.y + panel.y + 16), size: 11, anchor: .middle)
        }
        for tick in up.ticks {
            let y = corner.y + (1 - up.place(tick)) * panel.y
            drawing.line([SIMD2(corner.x, y), SIMD2(corner.x + panel.x, y)], faint)
            drawing.text(LogAxis.text(tick), SIMD2(corner.x - 6, y + 4), size: 11, anchor: .end)
        }
        drawing.text("seconds", corner + SIMD2(panel.x / 2, panel.y + 32), size: 11, anchor: .middle)
        drawing.frame(corner, corner + panel, grey)
        for isDenoised in [false, true] {
            let points = scene.curve(isDenoised: isDenoised)
            let places = points.map { point in
                corner + panel * SIMD2(across.place(point.seconds), 1 - up.place(point.error.relativeError))
            }
            let color = isDenoised ? clean : raw
            drawing.line(places, color, width: 1.5, dash: isDenoised ? 0 : 5)
            for (point, place) in zip(points, places) {
                drawing.dot(place, color, isFilled: isDenoised)
                let side = SIMD2(0.0, isDenoised ? 15 : -7)
                drawing.text("\(point.samples)", place + side, color, size: 11, anchor: .middle)
            }
        }
    }
}
