// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Foundation

/// The staged figures as an SVG: a bar for each run, its stages one after another.
public enum BenchPlot {
    private static let colours = [
        "#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#76b7b2", "#edc948", "#b07aa1", "#9c755f", "#bab0ac",
    ]

    /// Draws a report; one without staged figures becomes a picture that says so.
    public static func svg(_ report: BenchReport) -> String {
        let (left, width, bar, gap) = (220.0, 900.0, 26.0, 14.0)
        let names = stageNames(report)
        let longest = report.staged.map { $0.stages.reduce(0) { $0 + $1.timing.median } }.max() ?? 0
        let legendTop = 60.0
        let top = legendTop + 24 * Double((names.count + 5) / 6) + 16
        let height = top + Double(max(1, report.staged.count)) * (bar + gap) + 40
        var body = text(20, 28, "darkroom bench: median time of each stage", size: 16)
        body += text(20, 46, "\(report.machine.cpu), kernels \(report.kernels), \(report.threads) threads", size: 11)
        for (index, name) in names.enumerated() {
            let (x, y) = (20 + Double(index % 6) * 145, legendTop + Double(index / 6) * 24)
            body += rectangle(x, y, 12, 12, colour(index)) + text(x + 18, y + 11, name, size: 12)
        }
        if report.staged.isEmpty { body += text(20, top + 18, "no staged figures", size: 12) }
        for (row, run) in report.staged.enumerated() {
            let y = top + Double(row) * (bar + gap)
            body += text(20, y + 17, "\(run.scene) · \(run.backend)", size: 12)
            var x = left
            let total = run.stages.reduce(0) { $0 + $1.timing.median }
            for stage in run.stages where longest > 0 {
                let extent = stage.timing.median / longest * (width - left - 110)
                body += rectangle(x, y, extent, bar, colour(names.firstIndex(of: stage.name) ?? 0))
                x += extent
            }
            body += text(x + 8, y + 17, milliseconds(total), size: 12)
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(Int(width))" height="\(Int(height))" \
            font-family="sans-serif">
            <rect width="100%" height="100%" fill="#ffffff"/>
            \(body)</svg>

            """
    }

    private static func stageNames(_ report: BenchReport) -> [String] {
        var names: [String] = []
        for stage in report.staged.flatMap(\.stages) where !names.contains(stage.name) { names.append(stage.name) }
        return names
    }

    private static func colour(_ index: Int) -> String { colours[index % colours.count] }

    static func milliseconds(_ seconds: Double) -> String { String(format: "%.2f ms", seconds * 1000) }

    private static func rectangle(_ x: Double, _ y: Double, _ w: Double, _ h: Double, _ fill: String) -> String {
        String(format: "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"", x, y, w, h) + fill
            + "\"/>\n"
    }

    private static func text(_ x: Double, _ y: Double, _ text: String, size: Int) -> String {
        String(format: "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%d\">", x, y, size) + escaped(text) + "</text>\n"
    }

    static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
    }
}
