// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Logging

/// Carries out the conversions that wait, a few at a time, until it is told to stop.
actor ConversionWorker {
    private let store: ConversionStore
    private let job: ConversionJob
    private let places: Int
    private let metrics: ServiceMetrics
    private let logger: Logger
    private var running: [Int: Task<Void, Never>] = [:]
    private var next = 0
    /// How often there was reason to look for work.
    private var calls = 0
    private var isStopped = false

    init(store: ConversionStore, job: ConversionJob, places: Int, metrics: ServiceMetrics, logger: Logger) {
        (self.store, self.job, self.places) = (store, job, max(1, places))
        (self.metrics, self.logger) = (metrics, logger)
    }

    /// Looks for work; called at the start, after each new conversion and after each that has ended.
    func wake() {
        calls += 1
        guard !isStopped, running.count < places else { return }
        let number = next
        next += 1
        running[number] = Task { await work(number) }
    }

    /// Ends what is under way; it is begun anew when the service starts again.
    func shutDown() async {
        isStopped = true
        for task in running.values { task.cancel() }
        for task in running.values { await task.value }
    }

    private func work(_ number: Int) async {
        defer { running[number] = nil }
        do {
            while !Task.isCancelled {
                let seen = calls
                if let record = try await store.next() {
                    // Another place may find more.
                    wake()
                    await carryOut(record)
                } else if calls == seen {
                    break
                }
            }
        } catch {
            logger.error("the list of conversions cannot be read: \(error)")
        }
    }

    private func carryOut(_ record: ConversionRecord) async {
        let start = ContinuousClock.now
        do {
            let (output, error) = try await job.run(record)
            guard !Task.isCancelled else { return }
            try await store.finish(record, output: output, error: error)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let outcome = error == nil ? "succeeded" : "failed"
            logger.info("conversion \(record.id) \(outcome)", metadata: ["seconds": "\(seconds)"])
            metrics.count("darkroom_conversions_total", "Conversions ended, by outcome.", ["outcome": outcome])
        } catch is CancellationError {
            return
        } catch {
            // What is not the asset's fault is told as the service's, and the conversion ends all the same.
            logger.error("conversion \(record.id): \(Redaction.text("\(error)"))")
            let body = ServiceErrorBody(
                code: "InternalServerError", message: "The service could not convert: its disk or its database failed.")
            try? await store.finish(record, output: nil, error: body)
        }
    }
}
