// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import Jobs
import Rendering

/// One item after another through every stage, the backends taking turns so that a slow minute hits all of them.
struct StagedRun: Sendable {
    var item: BenchItem
    var settings: BenchSettings
    var trace: TraceLog

    /// The stages in the order of an item's way.
    static let order = ["request", "load", "first frame", "render", "transfer", "decode", "develop", "encode"]

    /// What one backend's items took.
    private struct Tally {
        var times: [String: [Double]] = [:]
        var methods: Set<String> = []
        var notes: Set<String> = []
        var bounds: SceneReport?
        var picture: [UInt8] = []
    }

    /// Measures all backends and compares what they drew.
    ///
    /// - Parameter renderers: open renderers by the name of their backend.
    func run(
        _ renderers: [(name: String, renderer: any FrameRenderer)], progress: @Sendable (String) -> Void
    ) async throws -> (runs: [BenchReport.Staged], agreements: [BenchReport.Agreement]) {
        var tallies = [Tally](repeating: Tally(), count: renderers.count)
        for round in 0..<(settings.warmUp + settings.repeats) {
            for (index, backend) in renderers.enumerated() {
                try Task.checkCancellation()
                progress("\(item.scene.name) on \(backend.name), item \(round + 1)")
                try await one(backend.renderer, lane: backend.name, isTimed: round >= settings.warmUp, &tallies[index])
            }
        }
        let runs = zip(renderers, tallies).map { backend, tally in
            BenchReport.Staged(
                scene: item.scene.name, backend: backend.name,
                stages: Self.order.compactMap { name in tally.times[name].map { (name, Timing($0)) } },
                derived: tally.times["transfer"] == nil ? [] : ["render", "transfer"],
                notes: ["transfer holds the server's encoding of the picture"] + tally.notes.sorted())
        }
        var agreements: [BenchReport.Agreement] = []
        for index in renderers.indices.dropFirst() {
            agreements.append(
                try agreement(
                    (renderers[0].name, tallies[0].picture), (renderers[index].name, tallies[index].picture)))
        }
        return (runs, agreements)
    }

    /// Takes one item through all stages.
    private func one(
        _ renderer: any FrameRenderer, lane: String, isTimed: Bool, _ tally: inout Tally
    ) async throws {
        var times: [String: Double] = [:]
        func add(_ name: String, _ start: ContinuousClock.Instant, _ seconds: Double) {
            times[name, default: 0] += seconds
            if isTimed { trace.add(name, lane: lane, start: start, seconds: seconds) }
        }
        var start = ContinuousClock.now
        let report = try await renderer.prepare(item.request)
        let loaded = report.stageSeconds["load"] ?? (ContinuousClock.now - start) / .seconds(1)
        let asked = report.stageSeconds["request"] ?? 0
        add("request", start, asked)
        add("load", start + .seconds(asked), loaded)
        // The first frame of a scene also builds what a renderer puts off until it is needed.
        start = .now
        _ = try await renderer.render(item.frame(report.bounds, index: 1, of: 4))
        add("first frame", start, (ContinuousClock.now - start) / .seconds(1))
        start = .now
        let drawn = try await renderer.render(item.frame(report.bounds))
        for name in ["request", "render", "transfer"] {
            guard let seconds = drawn.stageSeconds[name] else { continue }
            add(name, start, seconds)
            start += .seconds(seconds)
        }
        tally.notes.formUnion(drawn.notes)
        try finish(drawn, &tally, add)
        if isTimed {
            for (name, seconds) in times { tally.times[name, default: []].append(seconds) }
        }
    }

    /// Decodes, develops and encodes what was drawn.
    private func finish(
        _ drawn: RenderedFrame, _ tally: inout Tally,
        _ add: (String, ContinuousClock.Instant, Double) -> Void
    ) throws {
        var start = ContinuousClock.now
        func lap(_ name: String) {
            let now = ContinuousClock.now
            add(name, start, (now - start) / .seconds(1))
            start = .now
        }
        let picture = try BenchItem.decode(drawn)
        lap("decode")
        let developed = BenchItem.develop(picture)
        lap("develop")
        _ = try BenchItem.encode(developed)
        lap("encode")
        if tally.picture.isEmpty { tally.picture = try PNGEncoder(compression: .fast).encode(picture) }
    }

    private func agreement(
        _ first: (name: String, png: [UInt8]), _ second: (name: String, png: [UInt8])
    ) throws -> BenchReport.Agreement {
        let a = try ImageDecoder.decode(first.png)
        let b = try ImageDecoder.decode(second.png)
        let names = [first.name, second.name]
        guard a.width == b.width, a.height == b.height else {
            return BenchReport.Agreement(
                scene: item.scene.name, backends: names, rmse: 255, maxDifference: 255, isSame: false)
        }
        let measures = try PixelBuffer.compare(a, b)
        return BenchReport.Agreement(
            scene: item.scene.name, backends: names, rmse: measures.rmse, maxDifference: measures.maxDifference,
            isSame: measures.rmse <= settings.tolerance)
    }
}
