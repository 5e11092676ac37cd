// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What a run knows of its renderers: which can be had, and how fast each is.
final class RendererLanes: Sendable {
    private let schedule: Mutex<RendererSchedule>
    /// Whether all are alike, so that measured speeds tell of the items and not of the renderers.
    private let areAlike: Bool

    init(count: Int, areAlike: Bool) {
        schedule = Mutex(RendererSchedule(lanes: Array(repeating: RendererSchedule.Lane(), count: max(1, count))))
        self.areAlike = areAlike
    }

    /// Whether this renderer should draw one of the items left, rather than leave them to faster ones.
    func shouldTake(_ index: Int, pending: Int) -> Bool {
        areAlike || schedule.withLock { $0.shouldTake(index, pending: pending, now: .now) }
    }

    /// A renderer came up.
    func ready(_ index: Int) { schedule.withLock { $0.lanes[index].condition = .ready } }

    /// A renderer takes no more items for now; one that was given up stays so.
    func leave(_ index: Int) {
        if schedule.withLock({ $0.lanes[index].condition != .givenUp }) { rest(index, as: .opening) }
    }

    /// A renderer could not be had.
    func giveUp(_ index: Int) { rest(index, as: .givenUp) }

    private func rest(_ index: Int, as condition: RendererSchedule.Lane.Condition) {
        schedule.withLock { schedule in
            schedule.lanes[index].condition = condition
            schedule.lanes[index].busySince = nil
        }
    }

    /// An item was begun.
    func begin(_ index: Int) { schedule.withLock { $0.lanes[index].busySince = .now } }

    /// The item begun has come to an end; only those that were drawn tell of speed.
    func end(_ index: Int, isDrawn: Bool) {
        schedule.withLock { schedule in
            guard let begun = schedule.lanes[index].busySince else { return }
            schedule.lanes[index].busySince = nil
            if isDrawn { schedule.lanes[index].note(seconds: begun.duration(to: .now) / .seconds(1)) }
        }
    }

    /// The renderers that were not given up, the fastest first; only those asked for where all are alike, since what
    /// keeps one of them away keeps the others away.
    func usable(of asked: [Int]) -> [Int] {
        schedule.withLock { schedule in
            let speeds = schedule.lanes.map { $0.secondsPerItem ?? .infinity }
            return (areAlike ? asked : Array(schedule.lanes.indices))
                .filter { schedule.lanes[$0].condition != .givenUp }
                .sorted { (speeds[$0], $0) < (speeds[$1], $1) }
        }
    }
}
