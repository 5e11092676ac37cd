// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite struct WorkQueueTests {
    /// Items of scenes by their number of frames.
    private static func items(_ frames: [Int]) -> [ItemID] {
        frames.enumerated().flatMap { scene, count in (0..<count).map { ItemID(scene: scene, frame: $0) } }
    }

    /// What one worker gets when it always asks with the scene it has.
    private static func taken(_ queue: WorkQueue) -> [ItemID] {
        var all: [ItemID] = []
        while let item = queue.next(holding: all.last?.scene) { all.append(item) }
        return all
    }

    @Test("one worker gets every item once, scene by scene", arguments: [[], [0], [1], [3, 1, 4], [1, 1, 1, 1]])
    func alone(frames: [Int]) {
        let items = Self.items(frames)
        let queue = WorkQueue(items)
        #expect(queue.count == items.count)
        #expect(Self.taken(queue) == items && queue.count == 0)
        #expect(queue.next(holding: nil) == nil)
    }

    @Test("a second worker begins another scene, and joins the busiest when none is left") func joining() {
        let queue = WorkQueue(Self.items([2, 5]))
        #expect(queue.next(holding: nil) == ItemID(scene: 0, frame: 0))
        #expect(queue.next(holding: nil) == ItemID(scene: 1, frame: 0))
        #expect(queue.next(holding: 0) == ItemID(scene: 0, frame: 1))
        #expect(queue.next(holding: 0) == ItemID(scene: 1, frame: 1))
    }

    @Test("the last frame of a scene that another worker holds is left to it") func lastFrame() {
        let queue = WorkQueue(Self.items([2]))
        #expect(queue.next(holding: nil)?.frame == 0)
        #expect(queue.next(holding: nil) == nil)
        #expect(queue.next(holding: 0)?.frame == 1)
    }

    @Test("what is given back is handed out again") func givenBack() throws {
        let queue = WorkQueue(Self.items([1, 1]))
        let first = try #require(queue.next(holding: nil))
        #expect(queue.next(holding: nil)?.scene == 1)
        queue.giveBack(first)
        #expect(queue.count == 1 && queue.next(holding: nil) == first)
    }

    @Test("a scene's rest is taken at once") func takeAll() {
        let queue = WorkQueue(Self.items([3, 2]))
        #expect(queue.next(holding: nil) == ItemID(scene: 0, frame: 0))
        #expect(queue.takeAll(of: 0) == [1, 2] && queue.count == 2)
        #expect(queue.takeAll(of: 0).isEmpty && queue.takeAll(of: 9).isEmpty)
        #expect(queue.next(holding: 0) == ItemID(scene: 1, frame: 0))
    }

    @Test("a stopped queue hands nothing out and still tells what was never drawn") func stopping() {
        let queue = WorkQueue(Self.items([2, 2]))
        #expect(queue.next(holding: nil) != nil && !queue.isStopped)
        queue.suspect(scene: 1, frames: [0])
        queue.stop()
        #expect(queue.isStopped && queue.next(holding: 0) == nil)
        #expect(queue.takeRest().count == 4 && queue.takeRest().isEmpty && queue.count == 0)
    }

    @Test("suspects are set aside once") func suspects() {
        let queue = WorkQueue(Self.items([2]))
        queue.suspect(scene: 0, frames: queue.takeAll(of: 0))
        #expect(queue.takeSuspects().map(\.frames) == [[0, 1]] && queue.takeSuspects().isEmpty)
    }

    @Test("eight workers at once share every item out, none twice") func crowd() async {
        let items = Self.items((0..<50).map { $0 % 7 })
        let queue = WorkQueue(items)
        let taken = await withTaskGroup(of: [ItemID].self) { group in
            for _ in 0..<8 { group.addTask { Self.taken(queue) } }
            return await group.reduce(into: [ItemID]()) { $0 += $1 }
        }
        #expect(taken.count == items.count && Set(taken) == Set(items))
    }
}
