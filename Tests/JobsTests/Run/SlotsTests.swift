// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Jobs

@Suite struct SlotsTests {
    private final class Crowd: Sendable {
        private let state = Mutex((now: 0, most: 0, all: 0))

        func enter() {
            state.withLock { state in
                state.now += 1
                state.all += 1
                state.most = max(state.most, state.now)
            }
        }

        func leave() { state.withLock { $0.now -= 1 } }
        var most: Int { state.withLock { $0.most } }
        var all: Int { state.withLock { $0.all } }
        var now: Int { state.withLock { $0.now } }
    }

    @Test("never more hold a place than there are", arguments: [1, 2, 7]) func bounded(count: Int) async {
        let (slots, crowd) = (Slots(count), Crowd())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    await slots.acquire()
                    crowd.enter()
                    await Task.yield()
                    crowd.leave()
                    slots.release()
                }
            }
        }
        #expect(crowd.all == 64 && (1...count).contains(crowd.most))
    }

    @Test("draining waits for the last who holds a place, and gives all places back") func draining() async {
        let (slots, crowd) = (Slots(3), Crowd())
        for _ in 0..<3 {
            await slots.acquire()
            crowd.enter()
            Task {
                await Task.yield()
                crowd.leave()
                slots.release()
            }
        }
        await slots.drain()
        #expect(crowd.now == 0)
        for _ in 0..<3 { await slots.acquire() }
    }

    @Test("blocking work is done away from the tasks' threads") func offload() async {
        let sums = await withTaskGroup(of: Int.self) { group in
            for number in 0..<32 { group.addTask { await Offload.run { (0...number).reduce(0, +) } } }
            return await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(sums == Set((0..<32).map { $0 * ($0 + 1) / 2 }))
    }
}
