// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// A request under way: its progress can be followed, its result awaited or polled, and it can be cancelled.
///
///     let loading = instance.start(Methods.addModel, request)
///     for await step in loading.progress { print(step.amount, step.operation) }
///     let models = try await loading.value
///
/// It goes on whether or not somebody looks at it.
public struct BraynsTask<Value: Sendable>: Sendable {
    private let board = Latest<RPCProgress>()
    private let outcome = Latest<Result<Value, any Error>>()
    private let work: Task<Value, any Error>

    /// Begins at once with work that reports its progress.
    public init(_ work: @escaping @Sendable (@escaping BraynsInstance.ProgressHandler) async throws -> Value) {
        self.work = Task { [board, outcome] in
            do {
                let value = try await work { board.publish($0) }
                outcome.publish(.success(value))
                board.finish()
                return value
            } catch {
                outcome.publish(.failure(error))
                board.finish()
                throw error
            }
        }
    }

    /// How far the server has come, as often as the reader looks: a reader slower than the server gets the newest
    /// word and misses those before, so that a flood of thousands takes no memory.
    ///
    /// Ends with the request. Any number of readers may follow.
    public var progress: ProgressUpdates { ProgressUpdates(board: board) }

    /// The newest word of progress, if there has been one.
    public var latestProgress: RPCProgress? { board.newest }

    /// Waits for the result.
    ///
    /// - Throws: `BraynsError`; `CancellationError` when the task was cancelled.
    public var value: Value {
        get async throws { try await work.value }
    }

    /// The outcome, or `nil` while the request is under way; never waits.
    public var result: Result<Value, any Error>? { outcome.newest }

    /// Asks the server to stop; `value` throws once it has, which on a real server takes until the frame is done.
    public func cancel() { work.cancel() }
}

/// The progress of one request: the newest word each time the reader looks.
public struct ProgressUpdates: AsyncSequence, Sendable {
    let board: Latest<RPCProgress>

    public func makeAsyncIterator() -> Iterator { Iterator(board: board) }

    /// Hands out the newest word.
    public struct Iterator: AsyncIteratorProtocol {
        let board: Latest<RPCProgress>
        private var seen = 0

        init(board: Latest<RPCProgress>) { self.board = board }

        public mutating func next() async -> RPCProgress? { await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> RPCProgress? {
            // A board of progress is never ended with an error.
            guard let stamped = try? await board.next(after: seen) else { return nil }
            seen = stamped.number
            return stamped.value
        }
    }
}

extension BraynsInstance {
    /// Begins a request and returns at once.
    public func start<Parameters, Result>(
        _ method: Method<Parameters, Result>, _ parameters: Parameters, payload: [UInt8]? = nil
    ) -> BraynsTask<Result> {
        BraynsTask { progress in
            try await call(method, parameters, payload: payload, progress: progress)
        }
    }

    /// Begins to load a file by the path that the server has.
    public func startLoading(_ path: String, with loading: ModelLoading = ModelLoading(loader: "")) -> BraynsTask<
        [SceneModel]
    > {
        BraynsTask { progress in try await addModel(path: path, loading: loading, progress: progress) }
    }
}
