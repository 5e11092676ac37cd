// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Foundation
import JSONRPC
import Jobs
import Rendering

/// A whole bench: scenes times backends, staged and pipelined, and the transport's ceiling.
public struct BenchRun: Sendable {
    public var scenes: [BenchScene]
    public var targets: [BenchTarget]
    public var settings: BenchSettings
    public var trace: TraceLog
    /// A sentence about what is measured now.
    public var progress: @Sendable (String) -> Void

    public init(
        scenes: [BenchScene] = BenchScene.standard, targets: [BenchTarget], settings: BenchSettings = BenchSettings(),
        trace: TraceLog = TraceLog(), progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.scenes, self.targets, self.settings) = (scenes, targets, settings)
        (self.trace, self.progress) = (trace, progress)
    }

    /// Measures everything; the models lie in a temporary folder while it lasts.
    ///
    /// - Parameter program: name and version, for the report.
    public func run(program: String) async throws -> BenchReport {
        let threads = settings.threads ?? CoreBudget.available()
        var report = BenchReport(program: program, kernels: KernelFacts.name, threads: threads)
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("darkroom-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let items = try scenes.map { BenchItem(scene: $0, path: try $0.writeModel(into: folder)) }
        if let device = settings.device {
            report.developed = try DevelopRun(engine: device, settings: settings).run(progress: progress)
        }
        if settings.measuresTransport { report.ceilings = try await transport() }
        if settings.measuresStages { try await stages(items, into: &report) }
        if settings.measuresPipeline { try await pipelines(items, into: &report) }
        return report
    }

    private func transport() async throws -> [BenchReport.Ceiling] {
        var ceilings: [BenchReport.Ceiling] = []
        for bytes in [1 << 10, 1 << 16, 1 << 20, 1 << 23] {
            progress("transport with answers of \(bytes) bytes")
            ceilings.append(
                try await NullRenderer.measure(bytes: bytes, repeats: max(5, settings.repeats), trace: trace))
        }
        return ceilings
    }

    private func stages(_ items: [BenchItem], into report: inout BenchReport) async throws {
        var options = settings.rendering
        options.partsTransfer = true
        let providers = targets.map { BraynsRendererProvider($0.choice, options: options) }
        var open: [(name: String, renderer: any FrameRenderer)] = []
        do {
            for (target, provider) in zip(targets, providers) {
                progress("connecting to \(target.name)")
                report.backends[target.name] = try await provider.describe()
                open.append((target.name, try await provider.makeRenderer(index: 0)))
            }
            for item in items {
                let result = try await StagedRun(item: item, settings: settings, trace: trace)
                    .run(open, progress: progress)
                report.staged += result.runs
                report.agreements += result.agreements
            }
        } catch {
            for (_, renderer) in open { await renderer.close() }
            throw error
        }
        for (_, renderer) in open { await renderer.close() }
    }

    private func pipelines(_ items: [BenchItem], into report: inout BenchReport) async throws {
        for target in targets {
            for count in rendererCounts(target) {
                let provider = BraynsRendererProvider(widened(target.choice, to: count), options: settings.rendering)
                if report.backends[target.name] == nil {
                    report.backends[target.name] = try await provider.describe()
                }
                var open: [any FrameRenderer] = []
                do {
                    for index in 0..<min(count, provider.capacity) {
                        open.append(try await provider.makeRenderer(index: index))
                    }
                    for item in items { report.pipelined += try await pipeline(item, target.name, open) }
                } catch {
                    for renderer in open { await renderer.close() }
                    throw error
                }
                for renderer in open { await renderer.close() }
            }
        }
    }

    /// Views of one scene, and for a scene of thumbnails the model loaded anew for each.
    private func pipeline(
        _ item: BenchItem, _ backend: String, _ renderers: [any FrameRenderer]
    ) async throws -> [BenchReport.Pipelined] {
        var results: [BenchReport.Pipelined] = []
        for reloads in item.scene.isThumbnail ? [false, true] : [false] {
            let name = reloads ? "\(item.scene.name), loaded each time" : item.scene.name
            progress("\(name) on \(backend), \(renderers.count) renderers")
            let run = PipelinedRun(item: item, items: settings.items, reloads: reloads)
            var seconds: [Double] = []
            let rounds = max(1, min(3, settings.repeats))
            for round in 0..<(rounds + min(1, settings.warmUp)) {
                let time = try await run.run(renderers)
                if round >= min(1, settings.warmUp) { seconds.append(time) }
            }
            results.append(
                BenchReport.Pipelined(
                    scene: name, backend: backend, renderers: renderers.count, items: settings.items,
                    seconds: Timing(seconds)))
        }
        return results
    }

    /// A server has one renderer; of the built-in one there are children.
    private func rendererCounts(_ target: BenchTarget) -> [Int] {
        guard case .embedded = target.choice else { return [1] }
        if let renderers = settings.renderers { return renderers }
        let cores = settings.threads ?? CoreBudget.available()
        return cores > 1 ? [1, cores] : [1]
    }

    private func widened(_ choice: BackendChoice, to count: Int) -> BackendChoice {
        guard case .embedded(var embedded) = choice else { return choice }
        embedded.children = count
        return .embedded(embedded)
    }
}
