// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bench
import Foundation
import JSONRPC
import Jobs
import Rendering

/// `darkroom bench`: how fast renderer, transport and image path are here.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures renderer, transport and image path, stage by stage.",
        discussion: """
            Without arguments it draws scenes of its own with the built-in renderer: staged, one item after another \
            through request, load, first frame, render, transfer, decode, develop and encode; and pipelined, items \
            that overlap as in a real run. Where a server does not part render and transfer, a request without and \
            one with the picture part them; such figures are marked as derived. The transport's ceiling is measured \
            against a server that answers at once.

            With --quality it draws scenes of few samples, denoised and not, and compares them with one of very many, \
            which is kept below $XDG_CACHE_HOME/darkroom (~/.cache/darkroom) for the next time. A server needs \
            \(QualityScene.plugins.joined(separator: " and ")) for the scenes neuron and molecule.

            A server that is measured must be nobody else's while it lasts, and its scene must be empty.
            """)

    /// What is measured.
    enum Mode: String, CaseIterable, ExpressibleByArgument {
        case staged, pipelined, transport
    }

    @Option(
        help: ArgumentHelp(
            "A server to measure, or embedded; several are measured in turns (default: embedded).",
            valueName: "host:port"))
    var backend: [String] = []

    @Option(help: "Measure only this; may be given several times (default: all).")
    var mode: [Mode] = []

    @Option(
        help: ArgumentHelp(
            """
            Draw only this scene: \(BenchScene.standard.map(\.name).joined(separator: ", ")), or with --quality \
            \(QualityScene.standard.map(\.name).joined(separator: ", ")) (default: all).
            """, valueName: "name"))
    var scene: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            Measure the develop chain over frames of 4K on this device, by the device's own clock, and nothing else \
            unless --mode says so (default: no device).
            """, valueName: "vulkan[:N]"),
        transform: FlagValue.device)
    var device: JobFile.Device?

    @Option(
        help: ArgumentHelp("Timed items of each scene and backend (default: 7; with --quality 3).", valueName: "n"))
    var repeats: Int?

    @Option(help: ArgumentHelp("Items before them that are not timed.", valueName: "n"))
    var warmUp = 1

    @Option(help: ArgumentHelp("Items of one pipelined run.", valueName: "n"))
    var items = 24

    @Option(
        help: ArgumentHelp(
            "Children of the built-in renderer in pipelined runs; may be given several times (default: 1 and all cores).",
            valueName: "n"))
    var renderers: [Int] = []

    @Option(help: ArgumentHelp("Cores of the built-in renderer (default: all it may use).", valueName: "n"))
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "Root mean square difference up to which two backends drew the same picture.", valueName: "steps"))
    var tolerance = 2.0

    @Option(help: ArgumentHelp("Write all figures as JSON, - for standard output (default: none).", valueName: "file"))
    var json: String?

    @Option(help: ArgumentHelp("Print ratios to an earlier --json file (default: none).", valueName: "file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            """
            Draw the stages as an SVG, or with --quality error over time as SVG or PNG; may be given several times \
            (default: none).
            """, valueName: "file.svg"))
    var plot: [String] = []

    @Option(help: ArgumentHelp("Write Chrome trace events (default: none).", valueName: "file"))
    var trace: String?

    @Option(
        help: ArgumentHelp(
            "Certificates that a wss:// server is checked against (default: the system's).", valueName: "file"))
    var ca: String?

    @Flag(help: "Accept any certificate of a wss:// server (default: refuse what cannot be verified).")
    var insecure = false

    @OptionGroup(title: "Quality") var quality: QualityFlags

    func validate() throws {
        if let repeats, !(1...100_000).contains(repeats) {
            throw ValidationError("--repeats needs a number from 1 to 100000.")
        }
        guard (0...1000).contains(warmUp) else { throw ValidationError("--warm-up needs a number from 0 to 1000.") }
        guard (1...1_000_000).contains(items) else {
            throw ValidationError("--items needs a number from 1 to 1000000.")
        }
        guard renderers.allSatisfy((1...256).contains) else {
            throw ValidationError("--renderers needs numbers from 1 to 256.")
        }
        if let threads, !(1...4096).contains(threads) {
            throw ValidationError("--threads needs a number from 1 to 4096.")
        }
        guard (0...255).contains(tolerance) else { throw ValidationError("--tolerance needs a number from 0 to 255.") }
        try validateQuality()
        if ca != nil, insecure { throw ValidationError("--ca and --insecure exclude each other.") }
        if device == .cpu { throw ValidationError("--device needs a Vulkan device: vulkan, vulkan:N or auto.") }
    }

    private var settings: BenchSettings {
        var settings = BenchSettings()
        (settings.repeats, settings.warmUp, settings.items) = (repeats ?? settings.repeats, warmUp, items)
        (settings.threads, settings.tolerance) = (threads, tolerance)
        settings.renderers = renderers.isEmpty ? nil : renderers
        if !mode.isEmpty || device != nil {
            settings.measuresStages = mode.contains(.staged)
            settings.measuresPipeline = mode.contains(.pipelined)
            settings.measuresTransport = mode.contains(.transport)
        }
        settings.rendering.caFile = ca
        settings.rendering.allowsInsecureTLS = insecure
        return settings
    }

    /// What of the built-in renderer the scenes need besides.
    private var plugins: [String] { quality.quality ? QualityScene.plugins : [] }

    /// What is measured, in the order of the flags.
    var targets: [BenchTarget] {
        (backend.isEmpty ? ["embedded"] : backend).map { name in
            name == "embedded" ? .embedded(threads: threads, plugins: plugins) : .server(name)
        }
    }

    func run() async throws {
        if quality.quality { return try await runQuality() }
        // Read first, so that a file that is none is told before minutes of measuring.
        let earlier = try baseline.map(Self.readBaseline)
        var settings = settings
        settings.device = try device?.vulkanEngine()
        if device != nil, settings.device == nil {
            throw CommandFailure(.environment, "There is no GPU on this machine that --device auto would take.")
        }
        let log = TraceLog()
        let status = StatusLine(isActive: StandardStreams.errorIsTerminal)
        let run = BenchRun(
            scenes: scene.isEmpty ? BenchScene.standard : BenchScene.standard.filter { scene.contains($0.name) },
            targets: targets, settings: settings, trace: log
        ) { sentence in status.show { columns in String(sentence.prefix(columns - 1)) } }
        let report = try await Interruption.interruptible {
            try await run.run(program: "darkroom \(ProgramVersion.text)")
        }
        status.finish()
        if json != "-" { try StandardStreams.print(BenchText.table(report, baseline: earlier)) }
        try write(json: report.json)
        for plot in plot { try FileWriting.replace(plot, with: Array(BenchPlot.svg(report).utf8)) }
        if let trace { try FileWriting.replace(trace, with: Array(log.json.serialized().utf8)) }
        if let differing = report.agreements.first(where: { !$0.isSame }) {
            throw CommandFailure(
                .remote,
                "\(differing.backends.joined(separator: " and ")) did not draw the same picture of "
                    + "'\(differing.scene)': their times cannot be compared.")
        }
    }

    /// Writes a report to where --json says.
    func write(json report: JSONValue) throws {
        guard let json else { return }
        let text = Array((report.serialized() + "\n").utf8)
        if json == "-" { try StandardStreams.write(text) } else { try FileWriting.replace(json, with: text) }
    }

    private static func readBaseline(_ path: String) throws -> Baseline {
        let text = String(decoding: try FileReading.bytes(of: path), as: UTF8.self)
        do {
            return try Baseline(JSONValue(parsing: text))
        } catch let error as Baseline.Failure {
            throw CommandFailure(.input, "\(path) is no baseline: \(error).")
        } catch {
            throw CommandFailure(.input, "\(path) is no baseline: it is not JSON.")
        }
    }
}
