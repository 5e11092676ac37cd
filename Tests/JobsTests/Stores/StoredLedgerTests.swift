// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores
import Synchronization
import Testing

@testable import Jobs

/// Ledgers that lie in a store, and runs that meet there.
@Suite struct StoredLedgerTests {
    private let name = "thumbs/.darkroom/shard-1-of-1.jsonl"

    private func job() -> JobFile {
        var job = JobFile()
        job.sources.root = "s3://bucket/models"
        job.render.size = PictureSize(width: 24, height: 16)
        job.outputs = [JobFile.Output(path: "s3://bucket/thumbs/{rel}.png")]
        job.ledger = "s3://bucket/thumbs/.darkroom"
        return job
    }

    private func store(_ models: [String]) -> MemoryStore {
        let store = MemoryStore()
        for model in models { store["models/\(model)"] = Array("model \(model)".utf8) }
        return store
    }

    private func run(
        _ job: JobFile, _ store: MemoryStore, stage: StandInStage = StandInStage(),
        change: (inout StoredFiles.Options) -> Void = { _ in }
    ) async throws -> JobSummary {
        let files = store.files(change)
        let here = try await files.open(job, resumes: true)
        var plan = JobPlan.Options()
        plan.stored = files
        return await JobRunner(
            plan: try JobPlan(here, options: plan), provider: StandInProvider(stage: stage, capacity: 1)
        ).run()
    }

    private func keys(_ store: MemoryStore) -> [String] {
        (store[name] ?? []).split(separator: UInt8(ascii: "\n")).compactMap { LedgerRecord(line: $0)?.key }
    }

    @Test("two runs that write one ledger keep the lines of both")
    func meeting() async throws {
        let store = store(["a.obj"])
        _ = try await run(job(), store)
        let first = keys(store)
        #expect(first == ["s3://bucket/thumbs/a.obj.png"])
        store["models/b.obj"] = [1]
        // Between the list and the put of this run, another one adds a line.
        let other = LedgerRecord(
            key: "s3://bucket/thumbs/other.png", fingerprint: Fingerprint(of: [1]), result: .done)
        let theirs = (store[name] ?? []) + other.line
        store.state.withLock { $0.intruders[name] = theirs }
        let summary = try await run(job(), store)
        #expect(summary.exitCode == .success, "\(summary.errors)")
        #expect(
            Set(keys(store)) == [
                "s3://bucket/thumbs/a.obj.png", "s3://bucket/thumbs/other.png", "s3://bucket/thumbs/b.obj.png",
            ])
        #expect(try await run(job(), store).counts == [.unchanged: 2])
    }

    @Test("a ledger is put while the run goes on")
    func pace() async throws {
        let store = store((0..<6).map { "\($0).obj" })
        let lines = Mutex(0)
        let stage = StandInStage { count in
            if count > 4 { usleep(300_000) }
            if count == 6 { lines.withLock { $0 = keys(store).count } }
        }
        _ = try await run(job(), store, stage: stage) { $0.ledgerPace = .milliseconds(20) }
        #expect(lines.withLock { $0 } >= 3)
        #expect(keys(store).count == 6)
    }

    @Test("a ledger that cannot be put fails the run, and the pictures are known all the same")
    func unwritable() async throws {
        let store = store(["a.obj"])
        store.state.withLock {
            $0.failure = {
                $0.hasPrefix("put thumbs/.darkroom") ? StoreError(.denied, "s3://bucket: access is denied.") : nil
            }
        }
        let summary = try await run(job(), store)
        #expect(
            summary.exitCode == .remote && summary.errors.first?.message.contains("the ledger: s3://bucket") == true)
        store.state.withLock { $0.failure = { _ in nil } }
        #expect(try await run(job(), store).counts == [.unchanged: 1])
    }

    @Test("a list that is denied is told with what does without it")
    func denied() async throws {
        let store = store(["a.obj"])
        store.state.withLock {
            $0.failure = { $0 == "list thumbs/" ? StoreError(.denied, "s3://bucket/thumbs/: access is denied.") : nil }
        }
        let error = await #expect(throws: JobError.self) { try await run(job(), store) }
        #expect(error?.code == .remote && error?.message.contains("--no-resume") == true)
    }

    @Test("shards have ledgers of their own there, and merging makes them one")
    func merge() async throws {
        let store = store(["a.obj", "b.obj", "c.obj"])
        for index in 1...2 {
            var part = job()
            part.run.shard = Shard(index: index, count: 2)
            #expect(try await run(part, store).exitCode == .success)
        }
        let ledgers = store.names.filter { $0.hasSuffix(".jsonl") }
        #expect(ledgers == ["thumbs/.darkroom/shard-1-of-2.jsonl", "thumbs/.darkroom/shard-2-of-2.jsonl"])
        let files = store.files()
        var whole = job()
        whole.run.shard = .whole
        whole = try await files.open(whole, resumes: true)
        var options = JobPlan.Options()
        options.stored = files
        let summary = await JobMerge(plan: try JobPlan(whole, options: options)).run()
        #expect(summary.exitCode == .success && summary.counts == [.done: 3], "\(summary.errors)")
        #expect(store.names.filter { $0.hasSuffix(".jsonl") } == [name])
        #expect(keys(store).count == 3)
    }

    @Test("pictures of models that are gone are pruned from the store")
    func prune() async throws {
        let store = store(["a.obj", "b.obj"])
        _ = try await run(job(), store)
        store["models/b.obj"] = nil
        let files = store.files()
        let here = try await files.open(job(), resumes: true)
        var options = JobPlan.Options()
        options.stored = files
        let prune = try JobPrune(try JobPlan(here, options: options))
        #expect(prune.files == ["s3://bucket/thumbs/b.obj.png"])
        let gone = try await prune.run()
        #expect(gone == 1 && store["thumbs/b.obj.png"] == nil && store["thumbs/a.obj.png"] != nil)
    }
}
