// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Foundation

/// A quality report as text for people.
public enum QualityText {
    /// Tables of all scenes, and what it comes to.
    public static func table(_ report: QualityReport) -> String {
        var lines = [
            "\(report.program) on \(report.machine.cpu), kernels \(report.kernels), \(report.threads) threads, drawn by "
                + report.backend,
            "\(report.width)x\(report.height) against \(report.referenceSamples) samples: PSNR in dB, SSIM, relative MSE",
        ]
        for scene in report.scenes { lines += [""] + self.scene(scene) }
        return (lines + [""] + verdict(report)).joined(separator: "\n")
    }

    private static func scene(_ scene: QualityReport.Scene) -> [String] {
        let hasClear = scene.points.contains { $0.error.drawnPSNR != nil }
        let figures = "      time    PSNR   SSIM    relMSE" + (hasClear ? "   drawn   clear" : "")
        var lines = [
            "\(scene.name): \(scene.title)",
            "  samples\(figures)  | denoised:\(figures)  energy   worth",
        ]
        let denoised = scene.curve(isDenoised: true)
        for raw in scene.curve(isDenoised: false) {
            var line = String(format: "  %7d", raw.samples) + point(raw)
            if let clean = denoised.first(where: { $0.samples == raw.samples }) {
                line += "  |          " + point(clean) + String(format: "%+7.2f%%", clean.energyChange * 100)
                line += "  " + padded(scene.worth(clean).map { $0.description } ?? "none", 6)
            }
            lines.append(line)
        }
        return lines
    }

    private static func point(_ point: QualityReport.Point) -> String {
        var text = String(
            format: " %6.0f ms %@ %6.4f %9.6f", point.seconds * 1000, decibels(point.error.psnr), point.error.ssim,
            point.error.relativeError)
        for value in [point.error.drawnPSNR, point.error.clearPSNR] {
            if let value { text += " " + decibels(value) }
        }
        return text
    }

    /// What the denoised pictures of few samples are worth, and, where all five scenes were measured, whether that is
    /// what was set out for.
    private static func verdict(_ report: QualityReport) -> [String] {
        let verdict = QualityVerdict(report)
        guard !verdict.rows.isEmpty else {
            return ["No verdict: pictures of \(QualityVerdict.samples) samples were not measured."]
        }
        var lines = ["\(QualityVerdict.samples) samples denoised are worth so many without:"]
        lines.append("  scene           PSNR     SSIM    drawn")
        for row in verdict.rows {
            let cells = [row.byPSNR, row.bySSIM, row.byDrawn].map { padded($0.map { $0.description } ?? "", 8) }
            lines.append(
                "  " + row.scene + String(repeating: " ", count: max(1, 11 - row.scene.count))
                    + cells.joined(separator: " "))
        }
        lines += verdict.goals.map { goal in
            "\(goal.name): \(goal.found) of \(goal.wanted) wanted: \(goal.isReached ? "reached" : "NOT reached")"
        }
        return lines
    }

    private static func decibels(_ value: Double) -> String {
        value.isFinite ? String(format: "%7.2f", value) : "  equal"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
