// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import Jobs
import Synchronization

/// Renderers over the Brayns protocol: children of our own, started servers or servers that run already.
///
/// A renderer that is lost is replaced by asking for another with the same index.
public final class BraynsRendererProvider: RendererProvider {
    public let choice: BackendChoice
    public let options: RenderingOptions
    public let capacity: Int
    /// Several servers that run already may be of any kind.
    public var areAlike: Bool { if case .remote = choice { false } else { true } }

    private let connector: BackendConnector
    /// Threads of each child.
    private let threads: [Int]
    /// A session that was opened to ask a question, kept for the first renderer of its index.
    private let waiting = Mutex<Kept?>(nil)
    /// How much longer each further server waits before it is asked instead of those before it.
    private static let stagger = Duration.milliseconds(300)

    /// An open session and whose it is.
    private struct Kept: Sendable {
        var index: Int
        var session: BackendSession
    }

    /// Prepares for a backend; nothing is started or connected yet.
    public convenience init(_ choice: BackendChoice, options: RenderingOptions = RenderingOptions()) {
        self.init(choice, options: options, open: nil)
    }

    init(_ choice: BackendChoice, options: RenderingOptions, open: BackendConnector.Opening?) {
        (self.choice, self.options) = (choice, options)
        connector = BackendConnector(options: options, open: open)
        switch choice {
        case .embedded(let embedded):
            let cores = max(1, embedded.threads ?? CoreBudget.available())
            let chosen = min(
                Self.children(cores: cores, memory: embedded.memoryPerChild), embedded.mostChildren ?? .max)
            capacity = max(1, embedded.children ?? chosen)
            threads = CoreBudget.shares(cores: cores, children: capacity)
        case .start(_, let children):
            (capacity, threads) = (max(1, children), [])
        case .remote(let addresses, _):
            (capacity, threads) = (max(1, addresses.count), [])
        }
    }

    deinit {
        guard let kept = waiting.withLock({ $0.take() }) else { return }
        let grace = options.closeGrace
        Task { await kept.session.end(grace: grace) }
    }

    /// Children that cores and memory have room for: one a core, at most eight.
    static func children(cores: Int, memory: Int?) -> Int {
        var count = min(cores, 8)
        if let memory, memory > 0, let available = ProcessMemory.availableBytes() {
            count = min(count, available / memory)
        }
        return max(1, count)
    }

    public func loadableExtensions() async throws -> Set<String>? {
        try await asked { $0.loadableExtensions }
    }

    public func describe() async throws -> String { try await asked { $0.description } }

    public func makeRenderer(index: Int) async throws -> any FrameRenderer {
        let kept = taken(index)
        let session: BackendSession
        if let kept, kept.process?.process.status == nil, kept.instance.isConnected {
            session = kept
        } else {
            await kept?.abandon()
            session = try await connect(index: index)
        }
        return BraynsFrameRenderer(session: session, options: options)
    }

    private func taken(_ index: Int) -> BackendSession? {
        waiting.withLock { kept in
            guard kept?.index == index else { return nil }
            defer { kept = nil }
            return kept?.session
        }
    }

    /// Asks one of the backends, and keeps the session for its renderer.
    private func asked<Answer: Sendable>(_ question: (BackendSession) -> Answer) async throws -> Answer {
        if let kept = waiting.withLock({ $0 }) { return question(kept.session) }
        let first = try await firstToAnswer()
        let isSurplus = waiting.withLock { kept in
            if kept != nil { return true }
            kept = first
            return false
        }
        if isSurplus { await first.session.end(grace: options.closeGrace) }
        return question(first.session)
    }

    /// The first backend, or another of several servers when that one is not there or takes its time.
    private func firstToAnswer() async throws -> Kept {
        guard case .remote = choice, capacity > 1 else {
            return Kept(index: 0, session: try await connect(index: 0))
        }
        return try await withThrowingTaskGroup(of: Result<Kept, any Error>.self) { group in
            for index in 0..<capacity {
                group.addTask {
                    do {
                        try await Task.sleep(for: Self.stagger * index)
                        return .success(Kept(index: index, session: try await self.connect(index: index)))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var first: Kept?
            var failure: (any Error)?
            for try await result in group {
                switch result {
                case .success(let kept) where first == nil:
                    first = kept
                    group.cancelAll()
                case .success(let kept): await kept.session.end(grace: options.closeGrace)
                case .failure(let error): failure = failure ?? error
                }
            }
            if let first { return first }
            throw failure ?? CancellationError()
        }
    }

    private func connect(index: Int) async throws -> BackendSession {
        switch choice {
        case .embedded(let embedded):
            let process = try await BackendProcess.embedded(
                embedded, threads: threads[index % threads.count], within: options.startTimeout)
            return try await connector.child(process)
        case .start(let command, _):
            let process = try BackendProcess.started(by: try CommandTemplate(command))
            return try await connector.started(process)
        case .remote(let addresses, let isExclusive):
            guard !addresses.isEmpty else {
                throw RendererError(.environment, stage: "connect", "No backend is named to connect to.")
            }
            return try await connector.remote(addresses[index % addresses.count], isExclusive: isExclusive)
        }
    }
}
