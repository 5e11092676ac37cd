// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import OmniverseServices
import Rendering

/// The capture service: answers as an Omniverse service does, draws with the renderers of this machine.
public struct CaptureServer: Sendable {
    private let host: ServiceHost
    private let options: CaptureOptions
    private let store: CaptureStore
    private let worker: CaptureWorker
    private let scratch: String
    /// The service for `local://` clients of this process.
    public let application: any ServiceApplication

    /// - Parameter version: the program's, for the document.
    /// - Throws: `HostError` when the database or the folder of pictures cannot be opened.
    public init(host hosting: HostOptions, serving: CaptureOptions, version: String, logger: Logger) throws {
        let metrics = ServiceMetrics()
        host = ServiceHost(options: hosting, metrics: metrics, logger: logger)
        options = serving
        do {
            try FileManager.default.createDirectory(atPath: serving.pictures, withIntermediateDirectories: true)
        } catch {
            throw HostError(
                .environment,
                "The folder of pictures \(serving.pictures) cannot be made: \(error.localizedDescription)",
                underlying: error)
        }
        store = CaptureStore(queue: try Database(path: serving.database).queue, capacity: serving.queueLength)
        scratch = NSTemporaryDirectory() + "darkroom-captures-\(UUID().uuidString)"
        let drawers = (0..<max(1, serving.workers)).map { [scratch] _ in
            CaptureDrawer(
                options: serving,
                renderers: WarmRenderers(BraynsRendererProvider(serving.backend, options: serving.rendering)),
                scratch: scratch)
        }
        worker = CaptureWorker(store: store, drawers: drawers, options: serving, metrics: metrics, logger: logger)
        let endpoints = CaptureEndpoints(options: serving, store: store, worker: worker, metrics: metrics)
        application = CaptureApplication(
            options: serving, table: endpoints.table(version: version, maxBodyBytes: hosting.maxBodyBytes),
            metrics: metrics, logger: logger)
    }

    /// Draws what waits and serves until the task is cancelled; captures under way are begun anew by the next start.
    ///
    /// - Parameter ready: called with the port once connections are taken.
    /// - Throws: `HostError`.
    public func run(ready: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        try await store.requeueInterrupted()
        await worker.wake()
        let outcome: Result<Void, any Error>
        do {
            try await withTaskCancellationHandler {
                try await host.serve(application, ready: ready)
            } onCancel: { [worker] in
                // Those who wait for a picture get their answer before the listener closes.
                Task { await worker.shutDown() }
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await worker.shutDown()
        try? FileManager.default.removeItem(atPath: scratch)
        try outcome.get()
    }
}
