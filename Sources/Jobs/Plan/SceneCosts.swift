// SPDX-License-Identifier: Apache-2.0

/// What the scenes of a job take, known from the last run or guessed from file sizes and pixels.
///
/// Known seconds come from the joined ledger alone, which no shard writes to: all shards of a run see the same.
struct SceneCosts {
    private let known: LedgerIndex
    /// Seconds that a frame takes for its pixels and samples.
    private let frame: Double
    private let frames: Int

    /// Bytes that a loader takes in a second, and samples that a core draws in one; measured, and only roughly right
    /// elsewhere, which is enough to weigh loading against drawing.
    private static let (bytesPerSecond, samplesPerSecond) = (50e6, 4e6)
    private static let (leastLoad, leastFrame) = (0.005, 0.01)

    init(ledger folder: String, samples: Int, frames: Int) {
        known = Ledger.joined(in: folder)
        frame = Self.leastFrame + Double(samples) / Double(max(1, frames)) / Self.samplesPerSecond
        self.frames = frames
    }

    /// The cost of a scene whose model is `bytes` large and whose items have these keys in the ledger.
    func cost(bytes: Int, keys: some Sequence<String>) -> ShardDivision.Cost {
        let load = Self.leastLoad + Double(bytes) / Self.bytesPerSecond
        guard known.count > 0 else { return ShardDivision.Cost(load: load, frame: frame) }
        let seconds = keys.compactMap { known.record($0)?.seconds }.filter { $0 > 0 }
        guard !seconds.isEmpty else { return ShardDivision.Cost(load: load, frame: frame) }
        // The scene's first picture bears the time of loading, which cannot be more than all of it.
        let mean = seconds.reduce(0, +) / Double(seconds.count)
        let ownLoad = min(load, mean / 2)
        return ShardDivision.Cost(load: ownLoad, frame: max(mean - ownLoad / Double(seconds.count), 0.0001))
    }
}
