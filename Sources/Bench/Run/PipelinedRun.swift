// SPDX-License-Identifier: Apache-2.0
import Jobs
import Synchronization

/// Items that overlap: every renderer draws its next picture while the last one is decoded, developed and encoded.
struct PipelinedRun: Sendable {
    var item: BenchItem
    /// Items of one run.
    var items: Int
    /// Whether each item loads the model anew, as a batch of thumbnails does, or all are views of one scene.
    var reloads: Bool

    /// Counts the items that have been taken.
    private final class Counter: Sendable {
        private let next = Mutex(0)
        private let count: Int

        init(count: Int) { self.count = count }

        /// The next item, `nil` after the last.
        func take() -> Int? {
            next.withLock { next in
                guard next < count else { return nil }
                next += 1
                return next - 1
            }
        }
    }

    /// Seconds that all items took on these renderers.
    func run(_ renderers: [any FrameRenderer]) async throws -> Double {
        let counter = Counter(count: items)
        var bounds: [SceneReport] = []
        if !reloads {
            for renderer in renderers { bounds.append(try await renderer.prepare(item.request)) }
        }
        let prepared = bounds
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, renderer) in renderers.enumerated() {
                group.addTask {
                    try await work(renderer, prepared.isEmpty ? nil : prepared[index], counter)
                }
            }
            try await group.waitForAll()
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private func work(_ renderer: any FrameRenderer, _ prepared: SceneReport?, _ counter: Counter) async throws {
        var finishing: Task<Void, any Error>?
        while let index = counter.take() {
            let report: SceneReport
            if let prepared { report = prepared } else { report = try await renderer.prepare(item.request) }
            let drawn = try await renderer.render(item.frame(report.bounds, index: index, of: items))
            // One picture may wait, so that memory stays bounded.
            try await finishing?.value
            finishing = Task {
                _ = try BenchItem.encode(BenchItem.develop(try BenchItem.decode(drawn)))
            }
        }
        try await finishing?.value
    }
}
