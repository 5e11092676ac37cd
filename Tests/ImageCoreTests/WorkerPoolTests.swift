// SPDX-License-Identifier: Apache-2.0
import CVector
import Glibc
import ImageCore
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
    @Test(arguments: [1, 2, 3, 8], [0, 1, 7, 64, 257])
    func everyPieceIsDoneOnce(threads: Int, pieces: Int) {
        let pool = WorkerPool(threads: threads)
        for _ in 0..<20 {
            let counts = Mutex([Int](repeating: 0, count: pieces))
            pool.run(pieces) { piece in counts.withLock { $0[piece] += 1 } }
            #expect(counts.withLock { $0 } == [Int](repeating: 1, count: pieces))
        }
    }

    @Test func callsMayNest() {
        let pool = WorkerPool(threads: 3)
        let count = Mutex(0)
        pool.run(5) { _ in pool.run(7) { _ in count.withLock { $0 += 1 } } }
        #expect(count.withLock { $0 } == 35)
    }

    /// A worker that kept the mask with which it was woken would never again run where its caller once was.
    @Test func workersMayRunEverywhereOnceTheyAreAwake() {
        let pool = WorkerPool(threads: 2)
        var all = vec_processors()
        var others = vec_processors()
        guard vec_other_processors(&all, &others) != 0 else {
            // One processor: there is nothing to steer away from.
            #expect(vec_processor_count() == 1)
            return
        }
        let caller = pthread_self()
        let expected = Int(vec_processor_count())
        for _ in 0..<20 {
            usleep(2000)
            let seen = Mutex([Int]())
            pool.run(2) { _ in
                // Long enough for the other thread to come.
                if pthread_self() == caller { usleep(3000) }
                let count = Int(vec_processor_count())
                seen.withLock { $0.append(count) }
            }
            #expect(seen.withLock { $0 } == [expected, expected])
        }
    }

    @Test func theProcessorOfTheCallerIsNotAmongTheOthers() {
        var all = vec_processors()
        var others = vec_processors()
        let hasOther = vec_other_processors(&all, &others) != 0
        func bits(_ set: vec_processors) -> Int {
            withUnsafeBytes(of: set) { $0.reduce(0) { $0 + $1.nonzeroBitCount } }
        }
        #expect(bits(all) == Int(vec_processor_count()))
        #expect(bits(others) == bits(all) - 1)
        #expect(hasOther == (bits(all) > 1))
    }
}
