// SPDX-License-Identifier: Apache-2.0
import Brayns
import Jobs
import Logging

/// Several backends that share a batch of work.
///
///     let pool = BackendPool([.remote("node1:5000"), .remote("node2:5000"), .service(.darkroom())])
///     let pictures = await pool.run(views) { backend, view in
///         try await Snapshot(size: .fullHD, camera: Camera(view: view)).download(from: backend)
///     }
///
/// A backend gets its next item when it is done with the last, so that faster ones do more; towards the end of a batch a
/// slow one is left out when the others are sooner done. When a backend is lost, its item moves to another one; the
/// lost one is connected to, or started, again a few times before it is given up. An item that was under way at several
/// losses is taken for their cause and fails.
public struct BackendPool: Sendable {
    /// A backend of the pool.
    public enum Backend: Sendable, Hashable {
        /// A server that runs already: `host:port`, `ws://…` or `wss://…`.
        case remote(String)
        /// A process that is started for the batch.
        case service(Service.Program)
    }

    /// How one backend did in a batch.
    public struct Member: Sendable, Hashable {
        /// Which one.
        public var backend: Backend
        /// Items that it finished.
        public var finished: Int
        /// Seconds that an item took, later ones weighing more; `nil` before the first.
        public var secondsPerItem: Double?
        /// Whether it was given up.
        public var isLost: Bool
    }

    /// What came of a batch.
    public struct Outcome<Output: Sendable>: Sendable {
        /// One for each item, in their order.
        public var results: [Result<Output, any Error>]
        /// One for each backend, in their order.
        public var members: [Member]
    }

    /// The backends.
    public var backends: [Backend]
    /// Time limits, certificates and the log.
    public var options: RenderingOptions
    /// How often a lost backend is tried again before it is given up.
    public var attempts = 3
    /// At how many losses an item is taken for their cause.
    public var mostLosses = 3
    /// How long each request of the work may take; a backend that takes longer counts as lost. No limit when `nil`.
    public var deadline: Duration?
    /// Told of each backend that answers, before it gets its first item: loads models, adds lights.
    public var prepare: (@Sendable (BraynsInstance) async throws -> Void)?

    /// A pool; nothing is connected or started before a batch.
    public init(_ backends: [Backend], options: RenderingOptions = RenderingOptions()) {
        (self.backends, self.options) = (backends, options)
    }

    /// Does some work for each item, on whichever backend is free; each backend does one item at a time.
    ///
    /// An error of the work itself fails its item only. Cancelling the task fails what is left with `CancellationError`.
    public func run<Item: Sendable, Output: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (BraynsInstance, Item) async throws -> Output
    ) async -> Outcome<Output> {
        await run(items, opening: nil, work)
    }

    func run<Item: Sendable, Output: Sendable>(
        _ items: [Item], opening: BackendConnector.Opening?,
        _ work: @escaping @Sendable (BraynsInstance, Item) async throws -> Output
    ) async -> Outcome<Output> {
        let board = PoolBoard<Output>(items: items.count, members: backends.count, mostLosses: max(1, mostLosses))
        if !backends.isEmpty {
            let members = backends.indices.map { index in
                Task {
                    await PoolMember(pool: self, index: index, opening: opening).work(off: board) {
                        try await work($0, items[$1])
                    }
                }
            }
            await withTaskCancellationHandler {
                await board.done()
            } onCancel: {
                for member in members { member.cancel() }
                board.wake()
            }
            // Those that still wait for a backend of theirs wait in vain.
            for member in members { member.cancel() }
            for member in members { await member.value }
        }
        var outcome = Outcome(results: board.results(), members: [])
        if backends.isEmpty {
            let error = RendererError(.environment, stage: "connect", "The pool has no backend.")
            outcome.results = items.map { _ in .failure(error) }
        }
        for (backend, member) in zip(backends, board.members) {
            outcome.members.append(
                Member(
                    backend: backend, finished: member.finished, secondsPerItem: member.secondsPerItem,
                    isLost: member.condition == .givenUp))
        }
        return outcome
    }
}

/// Works for one backend of a pool.
struct PoolMember: Sendable {
    let pool: BackendPool
    let index: Int
    let opening: BackendConnector.Opening?

    /// Takes items off the board until there are none, or the backend is gone for good.
    func work<Output: Sendable>(
        off board: PoolBoard<Output>, _ work: @Sendable (BraynsInstance, Int) async throws -> Output
    ) async {
        var session: BackendSession?
        while !board.isDone, !Task.isCancelled {
            if session == nil {
                do {
                    session = try await open()
                    board.ready(index)
                } catch {
                    // The others may have done everything meanwhile.
                    if Task.isCancelled { break }
                    pool.options.logger.warning("A backend of the pool is given up: \(error)")
                    board.retire(index, error)
                    break
                }
            }
            guard let open = session, let item = await board.next(for: index) else { break }
            do {
                let backend = open.guarded.withDeadline(pool.deadline)
                board.finish(item, by: index, .success(try await work(backend, item)))
            } catch  where Self.isLoss(error) || !open.instance.isConnected {
                pool.options.logger.warning("A backend of the pool is lost; its item moves on: \(error)")
                session = nil
                await open.abandon()
                board.lose(item, by: index, error)
            } catch {
                board.finish(item, by: index, .failure(error))
            }
        }
        await session?.end(grace: pool.options.closeGrace)
    }

    /// Connects or starts, several times if need be.
    private func open() async throws -> BackendSession {
        var attempt = 0
        while true {
            do {
                let session = try await connect()
                do {
                    try await pool.prepare?(session.guarded)
                    return session
                } catch {
                    await session.abandon()
                    throw error
                }
            } catch {
                attempt += 1
                if attempt >= max(1, pool.attempts) { throw error }
                try await Task.sleep(for: .milliseconds(100 << min(attempt, 6)))
            }
        }
    }

    private func connect() async throws -> BackendSession {
        switch pool.backends[index] {
        case .remote(let address):
            try await BackendConnector(options: pool.options, open: opening).remote(address, isExclusive: false)
        case .service(let program): try await Service.start(program, options: pool.options).session
        }
    }

    /// Whether an error means that the backend is gone, or in a state that nobody knows.
    private static func isLoss(_ error: any Error) -> Bool {
        switch error {
        case let error as BraynsError: error.code == .connectionLost || error.code == .deadline
        case let error as RendererError: error.blame == .rendererLost
        default: false
        }
    }
}
