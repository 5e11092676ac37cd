// SPDX-License-Identifier: Apache-2.0
import Scene
import Synchronization
import Testing

@testable import Jobs

/// Runs on several servers, of which some go away or are slow.
@Suite struct SeveralRenderersTests {
    /// Servers of which each may be down from some frame on, and may take its time.
    private final class Farm: RendererProvider {
        struct Server: Sendable {
            /// Frames that it draws before it goes away for good.
            var life = Int.max
            var delay = Duration.zero
            var drawn = 0
        }

        let stage = StandInStage()
        let servers: Mutex<[Server]>
        let capacity: Int
        var areAlike: Bool { false }

        init(_ servers: [Server]) {
            capacity = servers.count
            self.servers = Mutex(servers)
        }

        var drawn: [Int] { servers.withLock { $0.map(\.drawn) } }

        func loadableExtensions() async throws -> Set<String>? { nil }
        func describe() async throws -> String { "farm" }

        func makeRenderer(index: Int) async throws -> any FrameRenderer {
            guard isAlive(index) else {
                try await Task.sleep(for: servers.withLock { $0[index].delay })
                throw RendererError(.remote, stage: "connect", "server \(index) is gone")
            }
            return Hand(farm: self, index: index, base: StandInRenderer(stage))
        }

        func isAlive(_ index: Int) -> Bool { servers.withLock { $0[index].drawn < $0[index].life } }
    }

    /// A connection to one of the servers.
    private struct Hand: FrameRenderer {
        let farm: Farm
        let index: Int
        let base: StandInRenderer

        func prepare(_ scene: SceneRequest) async throws -> SceneReport {
            try live()
            return try await base.prepare(scene)
        }

        func render(_ frame: FrameRequest) async throws -> RenderedFrame {
            try live()
            try await Task.sleep(for: farm.servers.withLock { $0[index].delay })
            let picture = try await base.render(frame)
            farm.servers.withLock { $0[index].drawn += 1 }
            return picture
        }

        private func live() throws {
            if !farm.isAlive(index) { throw RendererError(.rendererLost, stage: "render", "server \(index) went away") }
        }

        func residentBytes() async -> Int? { nil }
        func close() async { await base.close() }
    }

    private func run(_ farm: Farm, models: Int) async throws -> JobSummary {
        let place = try Workplace(models: (0..<models).map { "m\($0).obj" })
        let job = place.job { job in
            job.render.size = PictureSize(8)
            job.run.retries = 0
        }
        return await JobRunner(plan: try JobPlan(job), provider: farm).run()
    }

    @Test("whichever server dies, its items are drawn by the others", arguments: [0, 1, 2], [0, 3])
    func dies(server: Int, life: Int) async throws {
        var servers = Array(repeating: Farm.Server(delay: .milliseconds(2)), count: 3)
        servers[server].life = life
        let farm = Farm(servers)
        let summary = try await run(farm, models: 24)
        #expect(summary.counts == [.done: 24] && summary.exitCode == .success)
        #expect(farm.drawn.reduce(0, +) == 24 && farm.drawn[server] <= life)
        #expect(farm.stage.state.withLock { $0.alive } == 0)
    }

    @Test("an item that comes back when the others have gone home is drawn all the same")
    func late() async throws {
        // That the second one is not there shows long after the first has drawn all it was given.
        let farm = Farm([Farm.Server(), Farm.Server(life: 0, delay: .milliseconds(300))])
        let summary = try await run(farm, models: 5)
        #expect(summary.counts == [.done: 5] && farm.drawn == [5, 0])
    }

    @Test("with all servers gone the rest fails with the reason, and nothing hangs")
    func allGone() async throws {
        let farm = Farm([Farm.Server(life: 2), Farm.Server(life: 2)])
        let summary = try await run(farm, models: 12)
        #expect(summary.counts[.done] == 4 && summary.counts[.failed] == 8 && summary.exitCode == .partial)
        #expect(summary.items.contains { $0.cause?.contains("is gone") == true })
    }

    @Test("a slow server leaves the end of a run to a fast one, unless that goes away", arguments: [true, false])
    func speeds(goesForGood: Bool) async throws {
        let lanes = RendererLanes(count: 2, areAlike: false)
        for (index, time) in [(0, Duration.milliseconds(50)), (1, .zero)] {
            lanes.ready(index)
            lanes.begin(index)
            try await Task.sleep(for: time)
            lanes.end(index, isDrawn: true)
        }
        #expect(!lanes.shouldTake(0, pending: 1) && lanes.shouldTake(1, pending: 1))
        #expect(lanes.shouldTake(0, pending: 1_000_000))
        #expect(lanes.usable(of: [0]) == [1, 0])
        if goesForGood { lanes.giveUp(1) } else { lanes.leave(1) }
        #expect(lanes.shouldTake(0, pending: 1))
        #expect(lanes.usable(of: [0]) == (goesForGood ? [0] : [1, 0]))
    }

    @Test("renderers that are alike all take what there is, and one that cannot be had speaks for the others")
    func alike() {
        let lanes = RendererLanes(count: 3, areAlike: true)
        for index in 0..<3 { lanes.ready(index) }
        #expect((0..<3).allSatisfy { lanes.shouldTake($0, pending: 1) })
        lanes.giveUp(0)
        #expect(lanes.usable(of: [0]).isEmpty && lanes.usable(of: [0, 1]) == [1])
    }
}
