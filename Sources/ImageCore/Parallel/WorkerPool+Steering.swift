// SPDX-License-Identifier: Apache-2.0
import CVector

#if canImport(Glibc)
    import Glibc
#endif

extension WorkerPool {
    /// Where sleeping workers wake up.
    ///
    /// After a pause of some milliseconds Linux likes to wake a thread on the processor of the thread that calls it,
    /// which is the one that is busy: on a virtual machine of two processors the worker then began 1.3 ms late, in the
    /// median, and the caller had done most of a small frame alone; without a pause one call in ten was as late. So the
    /// caller's processor is taken from the sleepers' masks before they are woken, and each takes all of them back as
    /// soon as it is awake, after 0.1 ms.
    struct Steering {
        private var sleepers: [pthread_t] = []
        private var steered: Set<pthread_t> = []
        private var all = vec_processors()

        /// Keeps the sleepers off the calling thread's processor until they are awake.
        mutating func steer() {
            guard !sleepers.isEmpty else { return }
            var others = vec_processors()
            guard vec_other_processors(&all, &others) != 0 else { return }
            for thread in sleepers where steered.insert(thread).inserted {
                vec_keep_to_processors(thread, &others)
            }
        }

        /// The calling worker is about to sleep.
        mutating func sleeps(_ thread: pthread_t) { sleepers.append(thread) }

        /// The calling worker is awake and may run anywhere again.
        mutating func awakes(_ thread: pthread_t) {
            if let place = sleepers.firstIndex(of: thread) { sleepers.swapAt(place, sleepers.count - 1) }
            if !sleepers.isEmpty { sleepers.removeLast() }
            if steered.remove(thread) != nil { vec_keep_to_processors(thread, &all) }
        }
    }
}
