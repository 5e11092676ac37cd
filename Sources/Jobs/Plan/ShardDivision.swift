// SPDX-License-Identifier: Apache-2.0

/// Shares a job out among its shards so that each takes about as long: whole scenes, and the frames of a scene only
/// where it is more than one shard's share.
///
/// Every shard computes the whole division from the same costs and takes its own part of it, since the machines know
/// nothing of each other. Scenes larger than a share are laid out one after another and cut where a share ends, so
/// that each shard gets frames that follow each other; the others go, the costliest first, to the shard that has least
/// (R. L. Graham, "Bounds on multiprocessing timing anomalies", 1969: at most a third over the best there is).
struct ShardDivision {
    /// What one scene takes, in seconds or anything else that adds up.
    struct Cost: Sendable {
        /// Once for each shard that draws of the scene.
        var load: Double
        /// Once for each frame.
        var frame: Double
    }

    /// Frames of one scene that a shard draws.
    struct Part: Hashable, Sendable {
        /// A place in the costs.
        var scene: Int
        var frames: Range<Int>
    }

    /// The parts of each shard, in the order of the scenes; every frame of every scene is in exactly one.
    static func parts(_ costs: [Cost], frames: Int, shards: Int) -> [[Part]] {
        guard shards > 1 else { return [costs.indices.map { Part(scene: $0, frames: 0..<frames) }] }
        var bins = Bins(count: shards)
        let share = share(costs, frames: frames, shards: shards)
        var small: [Int] = []
        for scene in costs.indices {
            let cost = costs[scene]
            if frames > 1, cost.load + Double(frames) * cost.frame > share {
                cut(scene, cost, frames: frames, share: share, into: &bins)
            } else {
                small.append(scene)
            }
        }
        func total(_ scene: Int) -> Double { costs[scene].load + Double(frames) * costs[scene].frame }
        small.sort { (total($1), $0) < (total($0), $1) }
        for scene in small { bins.addToLightest(Part(scene: scene, frames: 0..<frames), total(scene)) }
        return bins.parts.map { $0.sorted { ($0.scene, $0.frames.lowerBound) < ($1.scene, $1.frames.lowerBound) } }
    }

    /// What each shard should take, the scenes that have to be loaded more than once counted so.
    private static func share(_ costs: [Cost], frames: Int, shards: Int) -> Double {
        let total = costs.reduce(0) { $0 + $1.load + Double(frames) * $1.frame }
        let bare = total / Double(shards)
        let again = costs.reduce(0.0) { sum, cost in
            let whole = cost.load + Double(frames) * cost.frame
            guard frames > 1, bare > 0, whole > bare else { return sum }
            let pieces = min(Double(min(frames, shards)), (whole / bare).rounded(.up))
            return sum + (pieces - 1) * cost.load
        }
        return (total + again) / Double(shards)
    }

    /// Lays a large scene's frames into the shard that is being filled and those after it.
    private static func cut(_ scene: Int, _ cost: Cost, frames: Int, share: Double, into bins: inout Bins) {
        var next = 0
        while next < frames {
            let isLast = bins.filling == bins.loads.count - 1
            let room = share - bins.loads[bins.filling] - cost.load
            if !isLast, bins.loads[bins.filling] > 0, room < cost.frame / 2 {
                bins.filling += 1
                continue
            }
            let fitting = cost.frame > 0 ? (room / cost.frame).rounded() : Double(frames)
            let count = isLast ? frames - next : Int(min(max(fitting, 1), Double(frames - next)))
            bins.add(
                Part(scene: scene, frames: next..<next + count), cost.load + Double(count) * cost.frame,
                to: bins.filling)
            next += count
            if next < frames { bins.filling += 1 }
        }
    }

    /// Shards and what they have so far.
    private struct Bins {
        var parts: [[Part]]
        var loads: [Double]
        /// The shard that large scenes are being laid into.
        var filling = 0
        /// Shards by load, the lightest first, once small scenes are added.
        private var heap: [Int] = []

        init(count: Int) {
            parts = Array(repeating: [], count: count)
            loads = Array(repeating: 0, count: count)
        }

        mutating func add(_ part: Part, _ cost: Double, to bin: Int) {
            parts[bin].append(part)
            loads[bin] += cost
        }

        mutating func addToLightest(_ part: Part, _ cost: Double) {
            if heap.isEmpty { heap = loads.indices.sorted { isLighter($0, $1) } }
            add(part, cost, to: heap[0])
            sink()
        }

        private func isLighter(_ a: Int, _ b: Int) -> Bool { (loads[a], a) < (loads[b], b) }

        /// Lets the shard at the top, which has become heavier, find its place.
        private mutating func sink() {
            var place = 0
            while true {
                var lightest = place
                for child in [2 * place + 1, 2 * place + 2]
                where child < heap.count && isLighter(heap[child], heap[lightest]) { lightest = child }
                if lightest == place { return }
                heap.swapAt(place, lightest)
                place = lightest
            }
        }
    }
}
