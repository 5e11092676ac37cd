// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite struct ShardDivisionTests {
    private typealias Cost = ShardDivision.Cost

    /// Every frame of every scene that the shards have, and what each shard takes.
    private func totals(_ costs: [Cost], frames: Int, shards: Int) -> (frames: [[Int]], seconds: [Double]) {
        let parts = ShardDivision.parts(costs, frames: frames, shards: shards)
        #expect(parts.count == shards)
        var seen: [[Int]] = Array(repeating: [], count: costs.count)
        for part in parts.joined() { seen[part.scene] += part.frames }
        let seconds = parts.map {
            $0.reduce(0) { $0 + costs[$1.scene].load + Double($1.frames.count) * costs[$1.scene].frame }
        }
        return (seen.map { $0.sorted() }, seconds)
    }

    @Test(
        "every frame is in exactly one shard",
        arguments: [(0, 1, 3), (1, 1, 1), (1, 400, 8), (3, 7, 2), (7, 1, 8), (2, 3, 64), (64, 257, 7)])
    func each(scenes: Int, frames: Int, shards: Int) {
        let costs = (0..<scenes).map { Cost(load: Double($0 % 5) * 0.3, frame: 0.01 + Double($0 * 7 % 3)) }
        #expect(
            totals(costs, frames: frames, shards: shards).frames == Array(repeating: Array(0..<frames), count: scenes))
    }

    @Test("one scene goes in equal runs of frames that follow each other") func oneScene() {
        let parts = ShardDivision.parts([Cost(load: 3, frame: 0.1)], frames: 400, shards: 8)
        #expect(parts.map { $0.map(\.frames) } == (0..<8).map { [$0 * 50..<$0 * 50 + 50] })
        let few = ShardDivision.parts([Cost(load: 3, frame: 0.1)], frames: 3, shards: 8)
        #expect(few.map { $0.map(\.frames.count).reduce(0, +) }.sorted() == [0, 0, 0, 0, 0, 1, 1, 1])
    }

    @Test("scenes stay whole while there are enough of them") func whole() {
        let costs = (0..<40).map { Cost(load: 1, frame: Double($0 % 4)) }
        let parts = ShardDivision.parts(costs, frames: 3, shards: 4)
        #expect(parts.joined().allSatisfy { $0.frames == 0..<3 })
        let seconds = totals(costs, frames: 3, shards: 4).seconds
        #expect((seconds.max() ?? 0) - (seconds.min() ?? 0) <= 10)
    }

    @Test("a costly scene among cheap ones is cut, and no shard has much more than its share") func mixed() {
        let costs = [Cost(load: 2, frame: 1)] + Array(repeating: Cost(load: 0.5, frame: 0.05), count: 30)
        let seconds = totals(costs, frames: 100, shards: 5).seconds
        let mean = seconds.reduce(0, +) / 5
        #expect((seconds.max() ?? 0) < mean * 1.1)
        let parts = ShardDivision.parts(costs, frames: 100, shards: 5)
        #expect(parts.filter { $0.contains { $0.scene == 0 } }.count == 2)
        #expect(parts.joined().filter { $0.scene > 0 }.allSatisfy { $0.frames == 0..<100 })
    }

    @Test("what a scene took last time weighs more than its size") func known() async throws {
        let place = try Workplace(models: (0..<6).map { "m\($0).obj" })
        let job = place.job { $0.run.shard = Shard(index: 1, count: 2) }
        // All models are as large as each other, so each shard gets three.
        #expect(try JobPlan(job).itemCount == 3)
        do {
            let ledger = try Ledger(folder: job.ledger, shard: .whole)
            for n in 0..<6 {
                var record = LedgerRecord(
                    key: place.path("out/m\(n).obj.png"), fingerprint: Fingerprint(of: [0]), result: .done)
                record.seconds = n == 4 ? 100 : 1
                try ledger.append(record)
            }
            try ledger.finish()
        }
        let plans = try (1...2).map { n in try JobPlan(place.job { $0.run.shard = Shard(index: n, count: 2) }) }
        #expect(plans.map(\.itemCount) == [1, 5] && plans[0].scenes[0].source.rel == "m4.obj")
        #expect(try JobPlan(place.job()).itemCounts(shards: 2) == [1, 5])
    }
}
