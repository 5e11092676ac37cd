// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import JSONRPC
import Logging
import Synchronization

/// Takes tasks from a Farm Queue one after the other and has them done.
public struct FarmAgent: Sendable {
    /// Does tasks.
    public protocol Work: Sendable {
        /// Does one task; cancelled when the queue wants it given up.
        ///
        /// - Parameter tell: takes progress from 0 to 1 with a word, and lines for the log.
        /// - Returns: what came of it, for people.
        /// - Throws: an error whose description says why it could not be done.
        func run(_ task: FarmTask, tell: @escaping @Sendable (Double, String) -> Void) async throws -> String
    }

    /// How often what is done; the values of the stock agent.
    public struct Timing: Sendable {
        public var checkIn = Duration.seconds(60)
        public var pauseWithoutWork = Duration.seconds(10)
        public var pauseAfterWork = Duration.milliseconds(500)
        /// Between looks at how the queue sees a task under way.
        public var watch = Duration.seconds(10)

        public init() {}
    }

    public let queue: FarmQueue
    /// Unlike any other agent's: host and process.
    public let id: String
    /// Pairs of a task's type and function that this agent does.
    public let types: [[String]]
    public var timing = Timing()
    public var clock = ServiceClock.system
    public var logger: Logger

    public init(queue: FarmQueue, id: String? = nil, types: [[String]], logger: Logger) {
        self.queue = queue
        self.id = id ?? "\(ProcessInfo.processInfo.hostName)-\(ProcessInfo.processInfo.processIdentifier)"
        (self.types, self.logger) = (types, logger)
    }

    /// Works until the task is cancelled; a task under way is then given back to the queue.
    public func run(_ work: some Work) async {
        let standing = Standing()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await keepCheckingIn(standing) }
            while !Task.isCancelled {
                var hasWorked = false
                if standing.isWelcome, let task = await next() {
                    standing.turn(to: task.id)
                    await carryOut(task, work)
                    standing.turn(to: nil)
                    hasWorked = true
                }
                try? await clock.sleep(hasWorked ? timing.pauseAfterWork : timing.pauseWithoutWork)
            }
            group.cancelAll()
        }
        // The agent's own task is cancelled by now; its farewell shall go out all the same.
        await Task.detached { try? await queue.remove(id) }.value
    }

    /// How the agent stands with the queue.
    private final class Standing: Sendable {
        private let state = Mutex<(isWelcome: Bool, active: [String])>((true, []))

        /// Whether the queue gives this agent new tasks.
        var isWelcome: Bool { state.withLock { $0.isWelcome } }
        var active: [String] { state.withLock { $0.active } }

        func hear(isWelcome: Bool) { state.withLock { $0.isWelcome = isWelcome } }
        func turn(to task: String?) { state.withLock { $0.active = task.map { [$0] } ?? [] } }
    }

    private func keepCheckingIn(_ standing: Standing) async {
        while !Task.isCancelled {
            do {
                standing.hear(isWelcome: try await queue.checkIn(id, types: types, active: standing.active))
            } catch {
                logger.warning("the queue cannot be told that this agent is there: \(error)")
            }
            try? await clock.sleep(timing.checkIn)
        }
    }

    private func next() async -> FarmTask? {
        do {
            return try await queue.fetch(id, types: types)
        } catch is CancellationError {
            return nil
        } catch {
            logger.warning("the queue gives no task: \(error)")
            return nil
        }
    }

    // MARK: One task

    /// The latest progress that the queue has not been told.
    private final class News: Sendable {
        private let latest = Mutex<(part: Double, message: String)?>(nil)

        func set(_ progress: (part: Double, message: String)) { latest.withLock { $0 = progress } }

        func take() -> (part: Double, message: String)? {
            latest.withLock { latest in
                defer { latest = nil }
                return latest
            }
        }
    }

    /// How a task's work came to its end.
    private enum End: Sendable {
        case finished(String)
        case failed(String)
        /// The queue wants it given up.
        case cancelled
        /// The queue has given it to somebody else.
        case takenAway
        /// This agent ends.
        case stopped
    }

    private func carryOut(_ task: FarmTask, _ work: some Work) async {
        logger.info("task \(task.id) (\(task.type)) begins")
        let end = await outcome(of: task, work)
        let (status, details): (FarmQueue.Status?, String) =
            switch end {
            case .finished(let text): (.finished, text)
            case .failed(let text): (.errored, text)
            case .cancelled: (.cancelled, "Cancelled by the queue.")
            case .stopped: (.errored, "The agent was stopped; the task is put back in line.")
            case .takenAway: (nil, "")
            }
        logger.info("task \(task.id) \(status?.rawValue ?? "was taken away")", metadata: ["details": "\(details)"])
        guard let status else { return }
        // Told even when this agent is being stopped.
        await Task.detached {
            do {
                try await queue.update(task, status, agent: id, details: details)
                if case .stopped = end {
                    // No queue takes a running task back; one that has ended it does.
                    try await queue.retry(task)
                    return
                }
                try await queue.upload(log: details + "\n", of: task, agent: id)
                try await tellDependants(of: task, isFinished: status == .finished)
            } catch {
                logger.error("the queue cannot be told how task \(task.id) ended: \(error)")
            }
        }.value
    }

    private func outcome(of task: FarmTask, _ work: some Work) async -> End {
        let news = News()
        return await withTaskGroup(of: End?.self) { group in
            group.addTask {
                do {
                    if try await queue.update(task, .running, agent: id) { return .cancelled }
                    return .finished(try await work.run(task) { part, word in news.set((part, word)) })
                } catch is CancellationError {
                    return nil
                } catch {
                    return .failed("\(error)")
                }
            }
            group.addTask { await watch(task, news) }
            var end: End?
            for await result in group {
                end = end ?? result
                group.cancelAll()
            }
            return end ?? .stopped
        }
    }

    /// Looks from time to time at how the queue sees the task; ends when it wants something else.
    private func watch(_ task: FarmTask, _ news: News) async -> End? {
        while true {
            do {
                try await clock.sleep(timing.watch)
                switch try await queue.info(task.id)["status"]?.stringValue {
                case "cancelling", "cancelled": return .cancelled
                case "submitted": return .takenAway
                default:
                    if let progress = news.take(),
                        try await queue.update(task, .running, agent: id, progress: progress)
                    {
                        return .cancelled
                    }
                }
            } catch is CancellationError {
                return nil
            } catch {
                logger.warning("how task \(task.id) stands cannot be asked: \(error)")
                if Task.isCancelled { return nil }
            }
        }
    }

    /// Sets tasks free that waited for this one, or has them given up when it failed.
    private func tellDependants(of task: FarmTask, isFinished: Bool) async throws {
        for dependant in task.dependants {
            let other = try FarmQueue(address: dependant.queue)
            for id in dependant.tasks {
                try await other.release(
                    id, type: dependant.type, function: dependant.function, isFinished ? .submitted : .cancelled)
            }
        }
    }
}
