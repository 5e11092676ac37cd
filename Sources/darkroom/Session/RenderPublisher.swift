// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Foundation
import HTTPService
import Jobs
import Synchronization

/// Publishes the pictures of a run: each as soon as it is there, the film when all are.
final class RenderPublisher: JobProgress {
    let publisher: FramePublisher
    private let inner: any JobProgress
    private let output: Int
    /// Places in the film, counted from 1, if no picture is missing.
    private let numbers: [String: Int]
    private let offers: AsyncStream<String>.Continuation
    private let pending: AsyncStream<String>
    private struct State {
        /// What lies on the Core under each number.
        var placed: [Int: String] = [:]
        var isStarted = false
        var sender: Task<Void, Never>?
    }
    private let state = Mutex(State())

    /// - Parameters:
    ///   - output: which of the job's outputs is published.
    ///   - inner: hears of all events too.
    init(_ publisher: FramePublisher, _ plan: JobPlan, output: Int, inner: any JobProgress) {
        (self.publisher, self.inner, self.output) = (publisher, inner, output)
        var numbers: [String: Int] = [:]
        for (index, item) in plan.items.enumerated() where plan.outputPaths(item).indices.contains(output) {
            numbers[plan.outputPaths(item)[output]] = index + 1
        }
        self.numbers = numbers
        // A picture that changes shows the newest one; the others wait for their turn on the disk of this machine.
        let isPicture = publisher.plan.way == .picture
        (pending, offers) = AsyncStream.makeStream(bufferingPolicy: isPicture ? .bufferingNewest(1) : .unbounded)
    }

    func receive(_ event: JobEvent) {
        if case .finished(let report) = event, report.result == .done, report.outputs.indices.contains(output) {
            offers.yield(report.outputs[output])
        }
        inner.receive(event)
    }

    /// Begins to send what is finished.
    func begin() {
        guard publisher.plan.way != .mem else { return }
        state.withLock { state in
            state.sender = Task { [self] in
                for await path in pending { await send(path) }
            }
        }
    }

    /// Sends a picture; one that fails is sent again at the end, where its error counts.
    private func send(_ path: String) async {
        let number = numbers[path] ?? 1
        do {
            try await publisher.put(path, number: number)
            state.withLock { $0.placed[number] = path }
            if publisher.plan.way == .picture { try await startOnce() }
        } catch {
            inner.receive(.note("\(path) is not on the Core yet: \(Blame(error).message)"))
        }
    }

    private func startOnce() async throws {
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        if isFirst { try await publisher.start() }
    }

    /// Sends what is left, closes the gaps that failed pictures leave, and waits for the film.
    func finish(_ summary: JobSummary) async throws -> PublishedFilm? {
        offers.finish()
        await state.withLock { $0.sender }?.value
        let paths = summary.items.filter { $0.result.isInPlace && $0.outputs.indices.contains(output) }
            .map { $0.outputs[output] }
        guard let last = paths.last else { return nil }
        switch publisher.plan.way {
        case .mem: try await publisher.upload(try FrameSequence(paths))
        case .picture: try await publisher.put(last, number: 1)
        case .disk:
            for (index, path) in paths.enumerated() {
                if state.withLock({ $0.placed[index + 1] }) != path { try await publisher.put(path, number: index + 1) }
                publisher.options.progress(.uploaded(index + 1, of: paths.count))
            }
            try await publisher.removeFrames(after: paths.count)
        }
        try await startOnce()
        return try await publisher.film(of: paths.count)
    }

    /// Stops sending, for a run that was told to stop.
    func stop() async {
        offers.finish()
        let sender = state.withLock { $0.sender }
        sender?.cancel()
        await sender?.value
    }
}
