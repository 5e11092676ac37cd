// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import Jobs

@Suite struct ResumeScaleTests {
    /// The number of finished items; `DARKROOM_SOAK_ITEMS` raises it for a measurement.
    private var count: Int {
        ProcessInfo.processInfo.environment["DARKROOM_SOAK_ITEMS"].flatMap { Int($0) } ?? 2000
    }

    @Test("a finished run is known again from index and file sizes, without a renderer") func finished() async throws {
        let place = try Workplace(models: [])
        let count = count
        for folder in 0..<(count / 1000 + 1) {
            for sub in ["models", "out"] {
                try FileManager.default.createDirectory(
                    atPath: place.path("\(sub)/\(folder)"), withIntermediateDirectories: true)
            }
        }
        for n in 0..<count {
            for name in ["models/\(n / 1000)/m\(n).obj", "out/\(n / 1000)/m\(n).obj.png"] {
                let descriptor = open(place.path(name), O_WRONLY | O_CREAT, 0o666)
                write(descriptor, "xyz", 3)
                close(descriptor)
            }
        }
        let job = place.job()
        let clock = ContinuousClock()
        var plan = try JobPlan(job)
        do {
            let ledger = try Ledger(folder: job.ledger, shard: .whole)
            let fingerprinter = Fingerprinter(plan)
            for item in plan.items {
                let inputs = fingerprinter.inputs(plan.scenes[item.scene], sideFiles: [])
                var record = LedgerRecord(
                    key: plan.key(item), fingerprint: fingerprinter.fingerprint(frame: item.frame, inputs: inputs),
                    result: .done)
                record.sizes = [3]
                try ledger.append(record)
            }
        }
        for pass in ["lines alone", "index"] {
            let stage = StandInStage()
            var summary = JobSummary(name: "", shard: .whole)
            let time = try await clock.measure {
                plan = try JobPlan(job)
                summary = await JobRunner(plan: plan, provider: StandInProvider(stage: stage)).run()
            }
            #expect(summary.counts == [.unchanged: count] && stage.state.withLock { $0.made } == 0)
            print("\(count) finished items, \(pass): \(time)")
        }
    }
}
