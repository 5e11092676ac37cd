// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import Jobs

/// A backend that is lost a few times before it tells what it loads.
private final class LateProvider: RendererProvider {
    private let base = StandInProvider(stage: StandInStage())
    private let failures: Mutex<Int>

    init(failures: Int) { self.failures = Mutex(failures) }

    var capacity: Int { base.capacity }

    func loadableExtensions() async throws -> Set<String>? {
        let fails = failures.withLock { left in
            left -= 1
            return left >= 0
        }
        if fails { throw RendererError(.environment, stage: "start", "it ended with signal 9") }
        return try await base.loadableExtensions()
    }

    func makeRenderer(index: Int) async throws -> any FrameRenderer { try await base.makeRenderer(index: index) }

    func describe() async throws -> String { try await base.describe() }
}

@Suite struct LateBackendTests {
    @Test("a backend lost before the first item is asked again, as often as the job says", arguments: [0, 1, 2])
    func late(failures: Int) async throws {
        let place = try Workplace()
        let job = place.job { $0.run.retries = 1 }
        let log = EventLog()
        let summary = await JobRunner(
            plan: try JobPlan(job), provider: LateProvider(failures: failures), progress: log
        ).run()
        #expect(summary.exitCode == (failures <= 1 ? .success : .environment))
        #expect(log.events.withLock { $0.filter { $0.hasSuffix("asking again") }.count } == min(failures, 1))
    }
}
