// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Foundation
import ImageCore
import Jobs
import Rendering

/// Draws scenes with few samples and with very many, and measures what denoising makes of the few.
public struct QualityRun: Sendable {
    public var scenes: [QualityScene]
    public var settings: QualitySettings
    public var references: ReferenceStore
    /// A sentence about what is done now.
    public var progress: @Sendable (String) -> Void
    /// A sentence that has to stay.
    public var warn: @Sendable (String) -> Void
    /// What draws; each scene gets a renderer of its own.
    private let provider: any RendererProvider
    private let isOurs: Bool

    public init(
        scenes: [QualityScene] = QualityScene.standard, target: BenchTarget, settings: QualitySettings,
        rendering: RenderingOptions = RenderingOptions(), references: ReferenceStore,
        progress: @escaping @Sendable (String) -> Void = { _ in }, warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        var isOurs = false
        if case .embedded = target.choice { isOurs = true }
        self.init(
            scenes: scenes, provider: BraynsRendererProvider(target.choice, options: rendering), isOurs: isOurs,
            settings: settings, references: references, progress: progress, warn: warn)
    }

    /// - Parameter isOurs: whether the built-in renderer draws, whose pictures are told apart by the picture version
    ///   and not by its name.
    init(
        scenes: [QualityScene], provider: any RendererProvider, isOurs: Bool, settings: QualitySettings,
        references: ReferenceStore, progress: @escaping @Sendable (String) -> Void = { _ in },
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.scenes, self.provider, self.isOurs) = (scenes, provider, isOurs)
        (self.settings, self.references, self.progress, self.warn) = (settings, references, progress, warn)
    }

    /// Measures all scenes; what they are made of lies in a temporary folder while it lasts.
    ///
    /// - Parameters:
    ///   - program: name and version, for the report.
    ///   - threads: cores of the renderer, for the report.
    public func run(program: String, threads: Int) async throws -> QualityReport {
        progress("connecting")
        let backend = try await provider.describe()
        var report = QualityReport(
            program: program, kernels: KernelFacts.name, threads: threads, backend: backend, settings: settings)
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("darkroom-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for scene in scenes {
            let own = folder.appendingPathComponent(scene.name)
            do {
                try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
            } catch {
                throw JobError(.environment, "\(own.path): the folder cannot be made", underlying: error)
            }
            let item = try LoneItem(scene.job(in: own), width: settings.width, height: settings.height)
            let renderer = try await provider.makeRenderer(index: 0)
            do {
                let job = SceneMeasurement(
                    scene: scene, item: item, renderer: renderer, run: self, backend: isOurs ? "built in" : backend)
                report.scenes.append(try await job.run())
            } catch {
                await renderer.close()
                throw error
            }
            await renderer.close()
        }
        return report
    }
}
