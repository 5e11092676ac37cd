// SPDX-License-Identifier: Apache-2.0

/// Decides which of several renderers draws the next item, by the speeds that were measured.
package struct RendererSchedule: Sendable {
    /// One renderer.
    package struct Lane: Sendable {
        /// Whether it can be given items.
        package enum Condition: Sendable {
            /// It is being connected to or started, for the first time or again.
            case opening
            case ready
            /// It could not be had.
            case givenUp
        }

        /// Seconds an item has taken, later ones weighing more; `nil` before the first.
        package var secondsPerItem: Double?
        /// When the item under way was begun.
        package var busySince: ContinuousClock.Instant?
        package var condition = Condition.opening
        /// Items done.
        package var finished = 0

        package init() {}

        /// Takes a measured time into account.
        package mutating func note(seconds: Double) {
            secondsPerItem = secondsPerItem.map { $0 * 0.6 + seconds * 0.4 } ?? seconds
            finished += 1
        }

        /// Seconds until the item under way is done: one that is late may well be late by as much again.
        func remaining(at now: ContinuousClock.Instant) -> Double {
            guard let busySince, let secondsPerItem else { return 0 }
            return abs(secondsPerItem - busySince.duration(to: now) / .seconds(1))
        }
    }

    package var lanes: [Lane]

    package init(lanes: [Lane]) { self.lanes = lanes }

    /// Whether a free renderer should take one of the items that are left.
    ///
    /// It should unless the others would be done with all of them before it is done with one: so a slow renderer does
    /// not hold up the end of a batch. One that was never measured always should. The answer changes with time: ask
    /// again when something has changed, or after `patience`.
    package func shouldTake(_ index: Int, pending: Int, now: ContinuousClock.Instant) -> Bool {
        guard pending > 0, lanes[index].secondsPerItem != nil else { return pending > 0 }
        // When each could begin with another item, in seconds from now.
        var queues: [(index: Int, free: Double, speed: Double)] = []
        for (other, lane) in lanes.enumerated() where lane.condition == .ready {
            guard let speed = lane.secondsPerItem else { continue }
            queues.append((other, lane.remaining(at: now), speed))
        }
        for _ in 0..<pending {
            let next = queues.indices.min {
                (queues[$0].free + queues[$0].speed, queues[$0].speed)
                    < (queues[$1].free + queues[$1].speed, queues[$1].speed)
            }
            guard let next else { return true }
            if queues[next].index == index { return true }
            queues[next].free += queues[next].speed
        }
        return false
    }

    /// How long one that should not take an item waits before it asks again.
    package static let patience = Duration.milliseconds(50)
}
