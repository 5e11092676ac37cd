// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

@testable import Jobs

@Suite struct JobMergeTests {
    private func job(_ place: Workplace) -> JobFile {
        place.job {
            $0.sheet = JobFile.Sheet(path: place.path("sheet.png"))
            $0.report.json = place.path("report.json")
        }
    }

    private func runShards(
        _ place: Workplace, _ indices: [Int], of count: Int, stage: StandInStage = StandInStage()
    ) async throws {
        for index in indices {
            var job = job(place)
            job.run.shard = Shard(index: index, count: count)
            try await place.run(job, stage: stage)
        }
    }

    private func merge(_ place: Workplace, _ change: (inout JobFile) -> Void = { _ in }) async throws -> JobSummary {
        var job = job(place)
        change(&job)
        return await JobMerge(plan: try JobPlan(job)).run()
    }

    private static let models = (0..<9).map { "m\($0).obj" }

    @Test("merged shards are what one run makes: the same files, one ledger, one sheet, one report")
    func merged() async throws {
        let (whole, parts) = (try Workplace(models: Self.models), try Workplace(models: Self.models))
        try await whole.run(job(whole))
        try await runShards(parts, [1, 2, 3], of: 3)
        #expect(FileSystem.status(parts.path("sheet.png")) == nil)
        let summary = try await merge(parts)
        #expect(summary.exitCode == .success && summary.counts == [.done: 9])
        #expect(summary.extras == [parts.path("sheet.png")])
        #expect(try parts.bytes("sheet.png").count > 0 && parts.bytes("report.json").count > 0)
        #expect(Set(try whole.pictures().keys) == Set(try parts.pictures().keys))
        #expect(Ledger.ledgers(in: parts.path("ledger")) == ["shard-1-of-1.jsonl"])
        // The joined ledger serves the next run, whatever its shards.
        #expect(try await parts.run(job(parts)).counts == [.unchanged: 9])
        #expect(try await merge(parts).counts == [.unchanged: 9])
    }

    @Test("a missing item is named, and the merge is to be run again") func missing() async throws {
        let place = try Workplace(models: Self.models)
        try await runShards(place, [1, 3], of: 3)
        let summary = try await merge(place)
        #expect(summary.exitCode == .interrupted && summary.extras.isEmpty)
        let missing = summary.items.filter { $0.result == .interrupted }
        #expect(missing.count == 3 && missing.allSatisfy { $0.cause?.contains("run the shards again") == true })
        try await runShards(place, [2], of: 3)
        #expect(try await merge(place).exitCode == .success)
        try FileManager.default.removeItem(atPath: place.path("out/m4.obj.png"))
        #expect(try await merge(place) { $0.run.failOn = .none }.exitCode == .interrupted)
    }

    @Test("failures of every kind come through, each known from its second night on") func failures() async throws {
        let place = try Workplace(models: Self.models + ["x.fbx"])
        let stage = StandInStage([
            "m1.obj": .fails(RendererError(.input, stage: "load", "broken")),
            "m2.obj": .fails(RendererError(.limits, stage: "load", "too large")),
            "m3.obj": .fails(RendererError(.remote, stage: "render", "down")),
        ])
        try await runShards(place, [1, 2], of: 2, stage: stage)
        let first = try await merge(place)
        #expect(first.counts == [.done: 6, .failed: 2, .skippedByLimit: 1, .unsupported: 1])
        #expect(first.exitCode == .partial && first.items.allSatisfy { !$0.isKnown })
        #expect(first.items.first { $0.source.hasSuffix("m3.obj") }?.blame == .remote)
        // Only the model's own failure is remembered; the server's is tried again.
        try await runShards(place, [1, 2], of: 2)
        let second = try await merge(place) { $0.run.failOn = .new }
        #expect(second.counts == [.done: 2, .unchanged: 6, .failed: 1, .unsupported: 1])
        #expect(second.exitCode == .success)
    }

    @Test("a shard at work keeps the ledgers from being joined") func held() async throws {
        let place = try Workplace(models: Self.models)
        try await runShards(place, [1], of: 2)
        let working = try Ledger(folder: place.path("ledger"), shard: try #require(Shard(index: 2, count: 2)))
        let summary = try await merge(place)
        #expect(summary.exitCode == .environment && summary.errors[0].message.contains("2/2 is still at work"))
        _ = working.count
    }

    @Test("of two records the later counts, whichever shard's ledger holds it") func later() throws {
        let place = try Workplace()
        for (index, time, result) in [(1, 20, ItemResult.done), (2, 10, .failed)] {
            let ledger = try Ledger(
                folder: place.path("ledger"), shard: try #require(Shard(index: index, count: 2)))
            var record = LedgerRecord(key: "k", fingerprint: Fingerprint(of: [1]), result: result)
            record.time = time
            try ledger.append(record)
            try ledger.finish()
        }
        #expect(try Ledger.survey(place.path("ledger")).index.record("k")?.result == .done)
        try Ledger.join(place.path("ledger"))
        #expect(Ledger.joined(in: place.path("ledger")).record("k")?.result == .done)
    }

    @Test("the status tells shards, done and left") func status() async throws {
        let place = try Workplace(models: Self.models)
        try await runShards(place, [1, 2], of: 3)
        let status = try JobStatus(JobPlan(job(place)))
        #expect(status.items == 9 && status.done == 6 && status.left == 3 && status.failed == 0)
        #expect(status.parts.map(\.items) == [3, 3, 3] && status.parts.map { $0.counts[.done] ?? 0 } == [3, 3, 0])
        #expect(status.parts[2].age == nil && status.json["left"] == 3)
        try await runShards(place, [3], of: 3)
        _ = try await merge(place)
        let end = try JobStatus(JobPlan(job(place)))
        #expect(end.left == 0 && end.parts.isEmpty)
    }

    @Test("what is left is told without writing anything") func workLeft() async throws {
        let place = try Workplace(models: Self.models)
        let before = try WorkLeft(JobPlan(job(place)))
        #expect(before.pending.count == 9 && before.finished == 0 && FileSystem.status(place.path("ledger")) == nil)
        try await runShards(place, [2], of: 3)
        let after = try WorkLeft(JobPlan(job(place)))
        #expect(after.pending.count == 6 && after.finished == 3)
        var options = JobRunner.Options()
        options.isForced = true
        #expect(try WorkLeft(JobPlan(job(place)), options: options).pending.count == 9)
    }
}
