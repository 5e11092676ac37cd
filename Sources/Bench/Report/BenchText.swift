// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Foundation

/// A report as people read it.
public enum BenchText {
    /// All figures as lines of text, with ratios where there is a baseline.
    public static func table(_ report: BenchReport, baseline: Baseline? = nil) -> String {
        var lines = [
            "\(report.program) on \(report.machine.cpu), kernels \(report.kernels), \(report.threads) threads"
        ]
        for name in report.backends.keys.sorted() { lines.append("  \(name): \(report.backends[name] ?? "")") }
        for run in report.staged {
            lines += ["", "\(run.scene) on \(run.backend), one item after another"] + staged(run)
        }
        if !report.pipelined.isEmpty { lines += ["", "pipelined"] + report.pipelined.map(pipelined) }
        if !report.ceilings.isEmpty { lines += ["", "transport alone"] + report.ceilings.map(ceiling) }
        if !report.agreements.isEmpty { lines += ["", "same picture"] + report.agreements.map(agreement) }
        if let first = report.developed.first {
            lines += [
                "", "\(first.width)x\(first.height) on \(first.device); upload, passes and download by its own clock",
            ]
            lines.append("  \(padded("median of", 32))    upload    passes  download     whole    kernels here")
            lines += report.developed.map(developed)
        }
        if let baseline { lines += ["", "against the baseline (\(baseline.origin))"] + ratios(baseline, report) }
        return lines.joined(separator: "\n")
    }

    private static func staged(_ run: BenchReport.Staged) -> [String] {
        var lines = ["  \(padded("stage", 14))    median       p95    spread"]
        for stage in run.stages {
            let mark = run.derived.contains(stage.name) ? " (derived)" : ""
            lines.append(
                "  \(padded(stage.name, 14))\(milliseconds(stage.timing.median))\(milliseconds(stage.timing.p95))"
                    + String(format: "%9.0f%%", stage.timing.spread * 100) + mark)
        }
        let total = run.stages.filter { $0.name != "first frame" }.reduce(0) { $0 + $1.timing.median }
        lines.append("  \(padded("item", 14))\(milliseconds(total))")
        return lines + run.notes.map { "  note: \($0)" }
    }

    private static func pipelined(_ run: BenchReport.Pipelined) -> String {
        "  \(padded("\(run.scene) on \(run.backend)", 40))"
            + String(format: "%2d renderers %10.2f items/s", run.renderers, run.rate)
    }

    private static func ceiling(_ ceiling: BenchReport.Ceiling) -> String {
        String(
            format: "  %9d bytes %10.3f ms %10.1f MB/s", ceiling.payloadBytes, ceiling.seconds.median * 1000,
            ceiling.rate / 1e6)
    }

    private static func developed(_ row: BenchReport.Developed) -> String {
        let times = [row.upload, row.compute, row.download, row.whole, row.kernels]
        return "  \(padded(row.chain, 32))"
            + times.map { $0.count == 0 ? "      none" : milliseconds($0.median) }.joined()
    }

    private static func agreement(_ pair: BenchReport.Agreement) -> String {
        "  \(pair.scene): \(pair.backends.joined(separator: ", ")): "
            + String(format: "RMSE %.3f, largest %.0f of 255: ", pair.rmse, pair.maxDifference)
            + (pair.isSame ? "same" : "NOT the same")
    }

    private static func ratios(_ baseline: Baseline, _ report: BenchReport) -> [String] {
        let ratios = baseline.ratios(to: report)
        if ratios.isEmpty { return ["  no figure is in both reports"] }
        return ratios.map { "  \(padded($0.name, 48))" + String(format: "%7.2fx as fast", $0.speedup) }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func milliseconds(_ seconds: Double) -> String { String(format: "%8.2f ms", seconds * 1000) }
}
