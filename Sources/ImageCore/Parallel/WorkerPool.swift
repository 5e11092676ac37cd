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

extension WorkerPool {
    /// What callers and workers share. All members but the two at the top are read and written under the lock.
    private final class Board: @unchecked Sendable {
        // Sendable: `lock` guards everything that changes.
        private let lock: UnsafeMutablePointer<pthread_mutex_t>
        private let wake: UnsafeMutablePointer<pthread_cond_t>
        private let done: UnsafeMutablePointer<pthread_cond_t>
        private var body: (@Sendable (Int) -> Void)?
        private var next = 0
        private var pieces = 0
        private var running = 0
        private var isStopped = false

        init() {
            lock = .allocate(capacity: 1)
            wake = .allocate(capacity: 1)
            done = .allocate(capacity: 1)
            pthread_mutex_init(lock, nil)
            pthread_cond_init(wake, nil)
            pthread_cond_init(done, nil)
        }

        deinit {
            pthread_cond_destroy(wake)
            pthread_cond_destroy(done)
            pthread_mutex_destroy(lock)
            wake.deallocate()
            done.deallocate()
            lock.deallocate()
        }

        func startWorker() {
            var thread = pthread_t()
            let board = Unmanaged.passRetained(self)
            let status = pthread_create(
                &thread, nil,
                { context in
                    guard let context else { return nil }
                    Unmanaged<Board>.fromOpaque(context).takeRetainedValue().work()
                    return nil
                }, board.toOpaque())
            // Without the thread the others, at least the caller, do its share.
            if status == 0 { pthread_detach(thread) } else { board.release() }
        }

        func stop() {
            pthread_mutex_lock(lock)
            isStopped = true
            pthread_cond_broadcast(wake)
            pthread_mutex_unlock(lock)
        }

        /// Works on the pieces together with the workers; false when the pool is taken.
        func post(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) -> Bool {
            pthread_mutex_lock(lock)
            guard body == nil else {
                pthread_mutex_unlock(lock)
                return false
            }
            (body, next, pieces) = (work, 0, count)
            pthread_cond_broadcast(wake)
            drain(work)
            while running > 0 { pthread_cond_wait(done, lock) }
            body = nil
            pthread_mutex_unlock(lock)
            return true
        }

        /// Takes pieces until none is left; called and left with the lock held.
        private func drain(_ work: @Sendable (Int) -> Void) {
            while next < pieces {
                let piece = next
                next += 1
                running += 1
                pthread_mutex_unlock(lock)
                work(piece)
                pthread_mutex_lock(lock)
                running -= 1
            }
            if running == 0 { pthread_cond_broadcast(done) }
        }

        private func work() {
            pthread_mutex_lock(lock)
            while !isStopped {
                if next < pieces, let body {
                    drain(body)
                } else {
                    pthread_cond_wait(wake, lock)
                }
            }
            pthread_mutex_unlock(lock)
        }
    }
}
