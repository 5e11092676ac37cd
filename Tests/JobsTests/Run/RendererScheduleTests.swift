// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

/// Who draws the next item.
@Suite struct RendererScheduleTests {
    private func schedule(_ speeds: [Double?], busy: Set<Int> = [], now: ContinuousClock.Instant) -> RendererSchedule {
        RendererSchedule(
            lanes: speeds.enumerated().map { index, speed in
                var lane = RendererSchedule.Lane()
                (lane.secondsPerItem, lane.condition) = (speed, .ready)
                if busy.contains(index) { lane.busySince = now }
                return lane
            })
    }

    @Test(
        "a slow backend takes items while there are many, and leaves the last ones to a fast one",
        arguments: [(100, true), (11, true), (9, false), (1, false)])
    func slow(pending: Int, takes: Bool) {
        let now = ContinuousClock.now
        // One takes ten times as long as the other, which has just begun an item.
        let schedule = schedule([10, 1], busy: [1], now: now)
        #expect(schedule.shouldTake(0, pending: pending, now: now) == takes)
        #expect(schedule.shouldTake(1, pending: pending, now: now))
    }

    @Test("a backend that was never measured takes what there is, and nobody takes what is not there")
    func unknown() {
        let now = ContinuousClock.now
        let schedule = schedule([nil, 1], now: now)
        #expect(schedule.shouldTake(0, pending: 1, now: now))
        #expect(!schedule.shouldTake(0, pending: 0, now: now) && !schedule.shouldTake(1, pending: 0, now: now))
    }

    @Test("a slow backend takes the last item when the fast one is gone", arguments: [true, false])
    func gone(isGivenUp: Bool) {
        let now = ContinuousClock.now
        var schedule = schedule([10, 1], now: now)
        #expect(!schedule.shouldTake(0, pending: 1, now: now))
        schedule.lanes[1].condition = isGivenUp ? .givenUp : .opening
        #expect(schedule.shouldTake(0, pending: 1, now: now))
    }

    @Test("a slow backend takes the last item when the fast one is late with its own")
    func late() {
        let now = ContinuousClock.now
        let schedule = schedule([10, 1], busy: [1], now: now)
        #expect(!schedule.shouldTake(0, pending: 1, now: now + .seconds(2)))
        #expect(schedule.shouldTake(0, pending: 1, now: now + .seconds(20)))
    }

    @Test("somebody always takes an item, whatever the speeds", arguments: [1, 2, 7, 64])
    func progress(count: Int) {
        let now = ContinuousClock.now
        var generator = SystemRandomNumberGenerator()
        for pending in [1, 7, 64, 257] {
            let speeds = (0..<count).map { _ in Double.random(in: 0.001...100, using: &generator) }
            let schedule = schedule(speeds, now: now)
            #expect((0..<count).contains { schedule.shouldTake($0, pending: pending, now: now) }, "\(speeds)")
        }
    }

    @Test("speeds follow what is measured")
    func measuring() {
        var lane = RendererSchedule.Lane()
        lane.note(seconds: 4)
        #expect(lane.secondsPerItem == 4)
        for _ in 0..<50 { lane.note(seconds: 1) }
        #expect(abs((lane.secondsPerItem ?? 0) - 1) < 0.01 && lane.finished == 51)
    }
}
