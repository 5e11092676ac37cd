// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Testing

@testable import Bench

@Suite struct QualityPlotTests {
    private static func report(scenes: Int) -> QualityReport {
        var report = QualityReport(
            program: "test", kernels: "any", threads: 2, backend: "none", settings: QualitySettings())
        report.scenes = (0..<scenes).map { index in
            QualityReport.Scene(
                name: "scene<\(index)>", title: "of a test", isReferenceKept: false,
                points: [1, 2, 4].flatMap { samples in
                    [false, true].map { isDenoised in
                        let share = isDenoised ? 0.1 : 1
                        return QualityReport.Point(
                            samples: samples, isDenoised: isDenoised, render: Timing([0.01 * Double(samples)]),
                            denoise: Timing(isDenoised ? [0.02] : []),
                            error: PictureError(
                                psnr: 30, ssim: 0.9, relativeError: share / Double(samples), meanChange: 0))
                    }
                })
        }
        return report
    }

    private static func dots(_ drawing: Drawing) -> [(place: SIMD2<Double>, isFilled: Bool)] {
        drawing.shapes.compactMap { shape in
            if case .dot(let place, _, _, let isFilled) = shape { (place, isFilled) } else { nil }
        }
    }

    @Test("there is a dot and a label for each point, and a panel for each scene", arguments: [1, 3, 5])
    func points(scenes: Int) throws {
        let drawing = QualityPlot.drawing(Self.report(scenes: scenes))
        let dots = Self.dots(drawing)
        #expect(dots.count == 6 * scenes && dots.count(where: \.isFilled) == 3 * scenes)
        #expect(
            dots.allSatisfy { (0..<drawing.width).contains($0.place.x) && (0..<drawing.height).contains($0.place.y) })
        let svg = QualityPlot.svg(Self.report(scenes: scenes))
        #expect(svg.ranges(of: "<circle").count == 6 * scenes && svg.ranges(of: ">4</text>").count == 2 * scenes)
        #expect(svg.contains("scene&lt;0&gt;: of a test") && !svg.contains("scene<"))
    }

    @Test("more time lies to the right, less error lies below, in equal steps for equal ratios")
    func places() {
        let raw = Self.dots(QualityPlot.drawing(Self.report(scenes: 1))).filter { !$0.isFilled }.map(\.place)
        let steps = zip(raw, raw.dropFirst()).map { $1 - $0 }
        #expect(steps.allSatisfy { $0.x > 0 && $0.y > 0 })
        #expect(abs(steps[0].x - steps[1].x) < 1e-9 && abs(steps[0].y - steps[1].y) < 1e-9)
    }

    @Test("the PNG has twice the pixels of the SVG, white between things and their colours on them")
    func raster() throws {
        let report = Self.report(scenes: 2)
        let drawing = QualityPlot.drawing(report)
        let picture = try ImageDecoder.decode(QualityPlot.png(report))
        #expect(
            picture.width == Int((2 * drawing.width).rounded()) && picture.height == Int((2 * drawing.height).rounded())
        )
        let bytes = picture.converted(to: .rgb8).packedBytes()
        func pixel(_ place: SIMD2<Double>) -> [UInt8] {
            let at = (Int(2 * place.y) * picture.width + Int(2 * place.x)) * 3
            return Array(bytes[at..<at + 3])
        }
        for dot in Self.dots(drawing) {
            #expect(pixel(dot.place) == (dot.isFilled ? [0x2F, 0x6D, 0xB5] : [255, 255, 255]))
        }
        #expect(pixel(SIMD2(2, 2)) == [255, 255, 255])
    }

    @Test("a report without scenes, and errors of nothing, are drawn all the same")
    func empty() throws {
        #expect(QualityPlot.svg(Self.report(scenes: 0)).hasSuffix("</svg>\n"))
        var report = Self.report(scenes: 1)
        for index in report.scenes[0].points.indices { report.scenes[0].points[index].error.relativeError = 0 }
        #expect(try !QualityPlot.png(report).isEmpty)
    }
}

@Suite struct LogAxisTests {
    @Test(
        "an axis holds its values between round ends",
        arguments: [([0.013, 3.4], 0.01, 5.0), ([1.0, 1.0], 0.5, 2.0), ([2e-5, 0.3], 1e-5, 0.5)])
    func ends(values: [Double], low: Double, high: Double) {
        let axis = LogAxis(values)
        #expect(abs(axis.low - log10(low)) < 1e-9 && abs(axis.high - log10(high)) < 1e-9)
        #expect(values.allSatisfy { (0...1).contains(axis.place($0)) } && axis.ticks.count >= 2)
    }

    @Test("what has no logarithm lies at an end", arguments: [(0.0, 0.0), (-1, 0), (.infinity, 1), (.nan, 0)])
    func strange(value: Double, place: Double) {
        #expect(LogAxis([0.1, 10]).place(value) == place)
        #expect(LogAxis([value]).low < LogAxis([value]).high)
    }
}

@Suite struct DrawingRasterTests {
    private static func covered(_ drawing: Drawing) -> [UInt8] {
        let bytes = DrawingRaster.picture(drawing, scale: 1).packedBytes()
        return stride(from: 0, to: bytes.count, by: 3).map { 255 - bytes[$0] }
    }

    @Test("a line covers as much as it is wide and long")
    func line() {
        var drawing = Drawing(width: 64, height: 64)
        drawing.line([SIMD2(8, 20), SIMD2(40, 44)], 0, width: 4)
        let area = Self.covered(drawing).reduce(0) { $0 + Double($1) / 255 }
        // 40 long and 4 wide, with a half disc of 2 at each end.
        #expect(abs(area - (160 + 4 * Double.pi)) < 8)
    }

    @Test("a dashed line covers half of a whole one")
    func dashes() {
        var (whole, dashed) = (Drawing(width: 100, height: 9), Drawing(width: 100, height: 9))
        whole.line([SIMD2(0, 4.5), SIMD2(100, 4.5)], 0, width: 3)
        dashed.line([SIMD2(0, 4.5), SIMD2(50, 4.5), SIMD2(100, 4.5)], 0, width: 3, dash: 5)
        let sums = [whole, dashed].map { Self.covered($0).reduce(0) { $0 + Int($1) } }
        #expect(abs(Double(sums[1]) / Double(sums[0]) - 0.5) < 0.05)
    }

    @Test("words stand where they are anchored, and what lies beyond the edge is left out")
    func words() throws {
        for (anchor, middle) in [(Drawing.Anchor.start, 37.0), (.middle, 20), (.end, 3)] {
            var drawing = Drawing(width: 40, height: 12)
            drawing.text(
                "H", SIMD2(anchor == .start ? 35 : anchor == .middle ? 20 : 5, 10), 0, size: 11, anchor: anchor)
            let columns = Self.covered(drawing).enumerated().filter { $1 > 0 }.map { Double($0.offset % 40) + 0.5 }
            #expect(abs(columns.reduce(0, +) / Double(max(1, columns.count)) - middle) < 1, "\(anchor)")
        }
        var outside = Drawing(width: 3, height: 3)
        outside.line([SIMD2(-50, -50), SIMD2(-9, 90)], 0)
        outside.text("far", SIMD2(90, -7), 0)
        #expect(Self.covered(outside).allSatisfy { $0 == 0 })
    }
}
