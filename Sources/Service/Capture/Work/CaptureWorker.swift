// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Logging

/// Draws the captures that wait, a few at a time, and tells those who wait for one.
actor CaptureWorker {
    private let store: CaptureStore
    private let drawers: [CaptureDrawer]
    private let options: CaptureOptions
    private let metrics: ServiceMetrics
    private let logger: Logger
    private var running: [Int: Task<Void, Never>] = [:]
    private var waiters: [String: [CheckedContinuation<Void, Never>]] = [:]
    /// How often a capture has ended.
    private var ends = 0
    /// How often there was reason to look for work.
    private var calls = 0
    private var isStopped = false

    /// - Parameter drawers: one for each capture that is drawn at once.
    init(
        store: CaptureStore, drawers: [CaptureDrawer], options: CaptureOptions, metrics: ServiceMetrics, logger: Logger
    ) {
        (self.store, self.drawers, self.options) = (store, drawers, options)
        (self.metrics, self.logger) = (metrics, logger)
    }

    /// Looks for work; called at the start and after each new capture.
    func wake() {
        calls += 1
        guard !isStopped, let free = drawers.indices.first(where: { running[$0] == nil }) else { return }
        running[free] = Task { await work(free) }
    }

    /// Waits until a capture is over, or the service ends.
    ///
    /// - Returns: how it stands then.
    func outcome(of id: String) async throws -> CaptureRecord? {
        while true {
            let seen = ends
            guard let record = try await store.get(id), !record.isOver, !isStopped else {
                return try await store.get(id)
            }
            // One that ended while the database was asked would wait for ever.
            guard seen == ends else { continue }
            await withCheckedContinuation { waiters[id, default: []].append($0) }
        }
    }

    /// Takes a capture that still waits out of the line.
    func cancel(_ id: String) async throws -> Bool {
        let isCancelled = try await store.cancel(id, now: Date())
        if isCancelled { tell(id) }
        return isCancelled
    }

    /// Ends what is under way; it is begun anew when the service starts again.
    func shutDown() async {
        isStopped = true
        for task in running.values { task.cancel() }
        for task in running.values { await task.value }
        for id in waiters.keys { tell(id) }
        for drawer in drawers { await drawer.renderers.close() }
    }

    private func tell(_ id: String) {
        ends += 1
        for waiter in waiters.removeValue(forKey: id) ?? [] { waiter.resume() }
    }

    private func work(_ number: Int) async {
        defer { running[number] = nil }
        do {
            while !Task.isCancelled {
                let seen = calls
                if let record = try await store.next() {
                    // Another place may find more.
                    wake()
                    await carryOut(record, on: drawers[number])
                } else if calls == seen {
                    break
                }
            }
        } catch {
            logger.error("the list of captures cannot be read: \(error)")
        }
    }

    private func carryOut(_ record: CaptureRecord, on drawer: CaptureDrawer) async {
        let start = ContinuousClock.now
        var (picture, message): (String?, String?)
        do {
            picture = try await drawer.draw(record.parsedRequest, id: record.id)
        } catch is CancellationError {
            return
        } catch let failure as CaptureDrawer.Failure {
            message = failure.message
        } catch {
            logger.error("capture \(record.id): \(Redaction.text("\(error)"))")
            message = "The service could not draw: its disk or its renderer failed."
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        do {
            try await store.finish(record, picture: picture, error: message, now: Date())
            for old in try await store.prune(keeping: options.keptCaptures) {
                Screenshot.remove(old, from: options.pictures)
            }
        } catch {
            logger.error("capture \(record.id) cannot be written down: \(error)")
        }
        let outcome = message == nil ? "finished" : "failed"
        logger.info(
            "capture \(record.id) \(outcome)", metadata: ["seconds": "\(seconds)", "cause": "\(message ?? "")"])
        metrics.count("darkroom_captures_total", "Captures ended, by outcome.", ["outcome": outcome])
        metrics.count("darkroom_capture_seconds_total", "Seconds spent on captures.", by: seconds)
        tell(record.id)
    }
}
