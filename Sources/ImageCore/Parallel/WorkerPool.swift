// SPDX-License-Identifier: Apache-2.0
import CVector

#if canImport(Glibc)
    import Glibc
#endif

/// Threads that wait for work: made once, never for a call.
///
/// Work is cut into numbered pieces, and which thread does a piece never shows in the result. A caller that finds the
/// pool at work for another does its pieces alone, so nothing waits and calls may nest.
public final class WorkerPool: Sendable {
    /// The pool of the process: as many threads as the process may use processors, or `DARKROOM_THREADS`.
    public static let shared = WorkerPool(threads: defaultThreads)

    /// Threads that work on a call, the caller included.
    public let threads: Int
    private let board: Board

    public init(threads: Int) {
        self.threads = max(1, min(threads, 256))
        board = Board()
        for _ in 1..<max(2, self.threads) where self.threads > 1 { board.startWorker() }
    }

    deinit { board.stop() }

    /// Runs `body` for every number below `pieces` and returns when all are done.
    public func run(_ pieces: Int, _ body: @Sendable (Int) -> Void) {
        if threads == 1 || pieces <= 1 {
            for piece in 0..<max(0, pieces) { body(piece) }
            return
        }
        let ran = withoutActuallyEscaping(body) { board.post(pieces, $0) }
        if !ran { for piece in 0..<pieces { body(piece) } }
    }

    /// Cuts `rows` into bands of at least `minimum` rows, one or a few a thread, and runs `body` for each.
    package func runBands(_ rows: Int, minimum: Int, _ body: @Sendable (Range<Int>) -> Void) {
        guard rows > 0 else { return }
        let bands = max(1, min(threads == 1 ? 1 : threads * 4, rows / max(1, minimum)))
        run(bands) { body(($0 * rows / bands)..<(($0 + 1) * rows / bands)) }
    }

    private static var defaultThreads: Int {
        if let text = getenv("DARKROOM_THREADS"), let count = Int(String(cString: text)), count > 0 { return count }
        return max(1, Int(vec_processor_count()))
    }
}
