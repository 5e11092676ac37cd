// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bench
import Foundation
import JSONRPC
import Rendering

extension BenchCommand {
    /// What does not go together with --quality, or only with it.
    func validateQuality() throws {
        let known = quality.quality ? QualityScene.standard.map(\.name) : BenchScene.standard.map(\.name)
        if let wrong = scene.first(where: { !known.contains($0) }) {
            throw ValidationError("There is no scene '\(wrong)'; there are \(known.joined(separator: ", ")).")
        }
        let kinds = quality.quality ? [".svg", ".png"] : [".svg"]
        if let wrong = plot.first(where: { name in !kinds.contains(where: name.lowercased().hasSuffix) }) {
            throw ValidationError("--plot \(wrong) has to end in \(kinds.joined(separator: " or ")).")
        }
        guard quality.quality else { return }
        let others: [(flag: String, isGiven: Bool)] = [
            ("--mode", !mode.isEmpty), ("--device", device != nil), ("--renderers", !renderers.isEmpty),
            ("--baseline", baseline != nil), ("--trace", trace != nil),
        ]
        if let other = others.first(where: \.isGiven) {
            throw ValidationError("\(other.flag) and --quality exclude each other.")
        }
        if backend.count > 1 { throw ValidationError("--quality measures one --backend at a time.") }
        if quality.job != nil, !scene.isEmpty { throw ValidationError("--job and --scene exclude each other.") }
    }

    /// Measures what denoising is worth.
    func runQuality() async throws {
        let scenes = try quality.scenes(scene)
        var rendering = RenderingOptions()
        (rendering.caFile, rendering.allowsInsecureTLS) = (ca, insecure)
        let status = StatusLine(isActive: StandardStreams.errorIsTerminal)
        let run = QualityRun(
            scenes: scenes, target: targets[0], settings: quality.settings(repeats: repeats), rendering: rendering,
            references: try ReferenceStore(environment: ProcessInfo.processInfo.environment)
        ) { sentence in
            status.show { columns in String(sentence.prefix(columns - 1)) }
        } warn: { sentence in
            status.message("darkroom: \(sentence)")
        }
        let report = try await Interruption.interruptible {
            try await run.run(program: "darkroom \(ProgramVersion.text)", threads: threads ?? CoreBudget.available())
        }
        status.finish()
        if json != "-" { try StandardStreams.print(QualityText.table(report)) }
        try write(json: report.json)
        for plot in plot {
            let isPNG = plot.lowercased().hasSuffix(".png")
            try FileWriting.replace(
                plot, with: isPNG ? QualityPlot.png(report) : Array(QualityPlot.svg(report).utf8))
        }
    }
}
