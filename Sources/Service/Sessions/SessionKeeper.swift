// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Logging
import RemoteRendering
import Rendering

/// Starts a renderer for each session, and ends it when the session is stopped, has run out, or the service ends.
actor SessionKeeper {
    /// How sessions are run.
    struct Options: Sendable {
        /// The address renderers bind.
        var host = "127.0.0.1"
        /// Sessions that may run at once.
        var capacity = 8
        /// Cores of a session.
        var threads = 1
        var roots: [String]?
        /// The program that renders; this one when `nil`.
        var executable: String?
        var startTimeout = Duration.seconds(30)
    }

    private struct Key: Hashable {
        var account: String
        var id: String
    }

    private let store: SessionStore
    private let options: Options
    private let metrics: ServiceMetrics
    private let logger: Logger
    private var renderers: [Key: OpenBackend] = [:]
    private var watches: [Key: Task<Void, Never>] = [:]

    init(store: SessionStore, options: Options, metrics: ServiceMetrics, logger: Logger) {
        (self.store, self.options, self.metrics, self.logger) = (store, options, metrics, logger)
    }

    /// Marks sessions whose renderers ended with an earlier run of the service.
    func settleInterrupted(now: Date) async throws {
        for session in try await store.running() {
            let isOver = session.deadline <= now.timeIntervalSince1970
            let reason = ServiceErrorBody(
                code: "SessionLost", message: "The service was restarted, and the session's renderer ended with it.")
            try await store.change(account: session.account, id: session.id) { record in
                record.status = (isOver ? RenderingSessionStatus.expired : .error).rawValue
                record.ended = min(now.timeIntervalSince1970, record.deadline)
                record.error = isOver ? nil : try JSONEncoder().encode(reason)
            }
        }
    }

    /// Begins a session that was written down; its renderer comes up beside the caller.
    func begin(_ session: SessionRecord) {
        let key = Key(account: session.account, id: session.id)
        guard watches[key] == nil else { return }
        watches[key] = Task { await run(key, session) }
    }

    /// Ends a session for good.
    func stop(account: String, id: String) async throws {
        try await end(Key(account: account, id: id), as: .stopped)
    }

    /// Ends all renderers; their sessions are settled when the service starts again.
    func shutDown() async {
        for task in watches.values { task.cancel() }
        for renderer in renderers.values { await renderer.end(grace: .seconds(3)) }
        watches = [:]
        renderers = [:]
        tell()
    }

    // MARK: One session

    private func run(_ key: Key, _ session: SessionRecord) async {
        do {
            guard renderers.count < options.capacity else {
                return await fail(key, "NoCapacity", "\(options.capacity) sessions run already; try again later.")
            }
            var embedded = BackendChoice.EmbeddedOptions()
            (embedded.executable, embedded.roots) = (options.executable, options.roots)
            let renderer = try await OpenBackend.start(
                host: options.host, options: embedded, threads: options.threads, within: options.startTimeout)
            guard !Task.isCancelled, watches[key] != nil else { return await renderer.end(grace: .seconds(1)) }
            renderers[key] = renderer
            tell()
            let record = try await store.change(account: key.account, id: key.id) { record in
                (record.status, record.port) = (RenderingSessionStatus.ready.rawValue, renderer.port)
            }
            guard record?.ended == nil else { return await drop(key) }
            logger.info("session \(key.id) is ready on port \(renderer.port)")
            await watch(key, renderer)
        } catch is CancellationError {
            return
        } catch {
            await fail(key, "SessionStartFailed", "\(error)")
        }
    }

    /// Waits for the end of the lease, which may be extended meanwhile, or of the renderer.
    private func watch(_ key: Key, _ renderer: OpenBackend) async {
        let ending = Task { await renderer.ending() }
        let crash = Task {
            let how = await ending.value
            await crashed(key, renderer, how)
        }
        while !Task.isCancelled {
            guard let session = try? await store.get(account: key.account, id: key.id), session.ended == nil else {
                break
            }
            let left = session.deadline - Date().timeIntervalSince1970
            if left <= 0 {
                try? await end(key, as: .expired)
                break
            }
            // Looks again now and then: a lease may have been extended, a clock set.
            try? await Task.sleep(for: .seconds(min(left, 5)))
        }
        crash.cancel()
    }

    private func crashed(_ key: Key, _ renderer: OpenBackend, _ how: String) async {
        guard !Task.isCancelled, renderers[key] === renderer else { return }
        await fail(key, "SessionCrashed", "\(how).")
    }

    private func fail(_ key: Key, _ code: String, _ message: String) async {
        logger.warning("session \(key.id): \(message)")
        let reason = ServiceErrorBody(code: code, message: message)
        try? await end(key, as: .error, reason)
    }

    private func end(_ key: Key, as status: RenderingSessionStatus, _ reason: ServiceErrorBody? = nil) async throws {
        let now = Date().timeIntervalSince1970
        try await store.change(account: key.account, id: key.id) { record in
            (record.status, record.ended, record.port) = (status.rawValue, now, nil)
            record.error = try reason.map { try JSONEncoder().encode($0) }
        }
        metrics.count("darkroom_sessions_ended_total", "Sessions ended, by how.", ["status": status.rawValue])
        await drop(key)
    }

    private func drop(_ key: Key) async {
        watches.removeValue(forKey: key)?.cancel()
        if let renderer = renderers.removeValue(forKey: key) { await renderer.end(grace: .seconds(3)) }
        tell()
    }

    private func tell() {
        metrics.gauge("darkroom_sessions_running", "Sessions with a renderer.", [:], Double(renderers.count))
    }
}
