// SPDX-License-Identifier: Apache-2.0
import CVector

#if canImport(Glibc)
    import Glibc
#endif

extension WorkerPool {
    /// What callers and workers share. All members but the three at the top are read and written under the lock.
    final class Board: @unchecked Sendable {
        // Sendable: `lock` guards everything that changes.
        private let lock: UnsafeMutablePointer<pthread_mutex_t>
        private let wake: UnsafeMutablePointer<pthread_cond_t>
        private let done: UnsafeMutablePointer<pthread_cond_t>
        private var body: (@Sendable (Int) -> Void)?
        private var next = 0
        private var pieces = 0
        private var running = 0
        private var isStopped = false
        private var steering = Steering()

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
            steering.steer()
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
                    steering.sleeps(pthread_self())
                    pthread_cond_wait(wake, lock)
                    steering.awakes(pthread_self())
                }
            }
            pthread_mutex_unlock(lock)
        }
    }
}
