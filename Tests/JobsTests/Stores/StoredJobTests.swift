// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Scene
import Stores
import Synchronization
import Testing

@testable import Jobs

/// Jobs whose files lie in a store, drawn by a stand-in.
@Suite struct StoredJobTests {
    /// A job over `models/` into `thumbs/`, all in one bucket.
    private func job(_ change: (inout JobFile) -> Void = { _ in }) -> JobFile {
        var job = JobFile()
        job.sources.root = "s3://bucket/models"
        job.render.size = PictureSize(width: 24, height: 16)
        job.outputs = [JobFile.Output(path: "s3://bucket/thumbs/{rel}.png")]
        job.ledger = "s3://bucket/thumbs/.darkroom/"
        job.run.retries = 1
        change(&job)
        return job
    }

    private func store(_ models: [String] = ["a.obj", "b.obj", "sub/ü d.stl"]) -> MemoryStore {
        let store = MemoryStore()
        for model in models { store["models/\(model)"] = Array("model \(model)".utf8) }
        store["models/readme.txt"] = [1]
        store["models/folder/"] = []
        store["models/.hidden/x.obj"] = [1]
        return store
    }

    @discardableResult
    private func run(
        _ job: JobFile, _ store: MemoryStore, stage: StandInStage = StandInStage(),
        options: JobRunner.Options = .init(), change: (inout StoredFiles.Options) -> Void = { _ in }
    ) async throws -> JobSummary {
        let files = store.files(change)
        defer { files.close() }
        let here = try await files.open(job, resumes: job.run.resume && !options.isForced)
        var plan = JobPlan.Options()
        plan.stored = files
        let runner = JobRunner(
            plan: try JobPlan(here, options: plan), provider: StandInProvider(stage: stage, capacity: 2),
            options: options)
        let summary = await runner.run()
        #expect(!FileManager.default.fileExists(atPath: "\(files.scratch)/0"))
        return summary
    }

    @Test("models come from the store, each once however many pictures it has, and pictures go there whole")
    func roundTrip() async throws {
        let store = store()
        let summary = try await run(
            job {
                $0.frames.views = [.iso, .front]; $0.outputs[0].path = "s3://bucket/thumbs/{rel}.{view}.png"
            }, store)
        #expect(summary.exitCode == .success && summary.counts == [.done: 6], "\(summary.errors) \(summary.items)")
        let pictures = store.names.filter { $0.hasSuffix(".png") }
        #expect(pictures.count == 6 && pictures.contains("thumbs/sub/ü d.stl.front.png"))
        for name in pictures { #expect(try ImageDecoder.decode(store[name] ?? []).width == 24) }
        let asked = store.takeAsked()
        #expect(
            asked.filter { $0.hasPrefix("fetch models/") }.sorted() == [
                "fetch models/a.obj", "fetch models/b.obj", "fetch models/sub/ü d.stl",
            ])
        #expect(summary.items[0].outputs == ["s3://bucket/thumbs/a.obj.iso.png"])
        #expect(summary.items[0].source == "s3://bucket/models/a.obj")
    }

    @Test("a finished job over 1000 models is checked by lists and one ledger, and draws nothing")
    func resume() async throws {
        let store = store((0..<1000).map { "m\($0 / 100)/\($0).obj" })
        let first = try await run(job(), store)
        #expect(first.counts == [.done: 1000] && first.exitCode == .success, "\(first.errors)")
        let asked = store.takeAsked()
        #expect(asked.filter { $0.hasPrefix("fetch") }.count == 1000)
        #expect(asked.filter { $0.hasPrefix("put thumbs/m") }.count == 1000)
        #expect(!asked.contains { $0.hasPrefix("look") || $0.hasPrefix("head") })
        let stage = StandInStage()
        let second = try await run(job(), store, stage: stage)
        #expect(second.counts == [.unchanged: 1000] && stage.frames == 0)
        let again = store.takeAsked()
        // Two pages of models, two of pictures; the ledger and its index.
        #expect(
            again.sorted() == [
                "fetch thumbs/.darkroom/shard-1-of-1.index", "fetch thumbs/.darkroom/shard-1-of-1.jsonl",
                "list models/",
                "list models/", "list thumbs/", "list thumbs/",
            ])
        store["models/m0/7.obj"] = Array("another model".utf8)
        store["thumbs/m1/100.obj.png"] = nil
        #expect(try await run(job(), store).counts == [.unchanged: 998, .done: 2])
    }

    @Test("without its ledger, pictures in place are known by what they were put with")
    func lostLedger() async throws {
        let store = store()
        try await run(job(), store)
        for name in store.names where name.contains(".darkroom") { store[name] = nil }
        let stage = StandInStage()
        #expect(try await run(job(), store, stage: stage).counts == [.unchanged: 3])
        #expect(stage.frames == 0 && store.names.contains("thumbs/.darkroom/shard-1-of-1.jsonl"))
        #expect(try await run(job(), store).counts == [.unchanged: 3])
    }

    @Test("--verify opens the pictures and draws those anew that cannot be read")
    func verify() async throws {
        let store = store()
        try await run(job(), store)
        var torn = try #require(store["thumbs/a.obj.png"])
        torn[torn.count / 2] ^= 0xFF
        store["thumbs/a.obj.png"] = torn
        #expect(try await run(job(), store).counts == [.unchanged: 3])
        var options = JobRunner.Options()
        options.verifies = true
        #expect(try await run(job(), store, options: options).counts == [.unchanged: 2, .done: 1])
    }

    @Test("side files come along, only those named, and a change of one draws its model again")
    func sideFiles() async throws {
        let store = store(["a/house.obj", "plain.obj"])
        store["models/a/house.obj"] = Array("mtllib house.mtl\nv 0 0 0\n".utf8)
        store["models/a/house.mtl"] = Array("newmtl m\nmap_Kd ../../textures/wall.png\nmap_Ks absent.png\n".utf8)
        store["textures/wall.png"] = [1, 2, 3]
        store["textures/other.png"] = [1]
        try await run(job(), store)
        let fetched = store.takeAsked().filter { $0.hasPrefix("fetch") }.sorted()
        #expect(
            fetched == [
                "fetch models/a/house.mtl", "fetch models/a/house.obj", "fetch models/plain.obj",
                "fetch textures/wall.png",
            ])
        #expect(try await run(job(), store).counts == [.unchanged: 2])
        #expect(store.takeAsked().filter { $0.hasPrefix("look") } == ["look textures/wall.png"])
        store["textures/wall.png"] = [4, 5, 6]
        #expect(try await run(job(), store).counts == [.unchanged: 1, .done: 1])
        store["models/a/absent.png"] = [7]
        #expect(try await run(job(), store).counts == [.unchanged: 1, .done: 1])
    }

    @Test("the scratch folder holds no more than it may, and a model that is larger comes alone")
    func bounded() async throws {
        let store = store([])
        for index in 0..<12 { store["models/\(index).obj"] = [UInt8](repeating: 65, count: index == 5 ? 9000 : 1000) }
        let most = Mutex(0)
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("stage-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        let stage = StandInStage(afterFrame: { _ in
            let files = FileManager.default.subpaths(atPath: place.path) ?? []
            let bytes = files.reduce(0) { sum, name in
                name.hasSuffix(".obj") ? sum + (FileSystem.status("\(place.path)/\(name)")?.size ?? 0) : sum
            }
            most.withLock { $0 = max($0, bytes) }
        })
        let summary = try await run(job(), store, stage: stage) { ($0.scratchBytes, $0.scratch) = (3000, place.path) }
        #expect(summary.counts == [.done: 12])
        let seen = most.withLock { $0 }
        // The large one comes when nothing is held, beside what was brought ahead.
        #expect(seen >= 1000 && seen <= 12_000, "\(seen)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path).isEmpty)
    }

    @Test("what fails on the way is told with its place; the others are done")
    func failures() async throws {
        let store = store(["a.obj", "b.obj", "c.obj", "large.obj", "bad/../d.obj"])
        store["models/large.obj"] = [UInt8](repeating: 1, count: 5000)
        store.state.withLock {
            $0.failure = { what in
                switch what {
                case "fetch models/a.obj": StoreError(.denied, "s3://bucket/models/a.obj: access is denied.")
                case "put thumbs/b.obj.png": StoreError(.remote, "s3://bucket/thumbs/b.obj.png: SlowDown.")
                default: nil
                }
            }
        }
        let summary = try await run(job { $0.run.limits.bytes = 4000 }, store)
        #expect(summary.exitCode == .partial)
        let ends = Dictionary(uniqueKeysWithValues: summary.items.map { ($0.title, $0) })
        #expect(ends["a.obj"]?.stage == "fetch" && ends["a.obj"]?.blame == .remote)
        #expect(ends["a.obj"]?.cause == "s3://bucket/models/a.obj: access is denied")
        #expect(ends["b.obj"]?.stage == "write" && ends["b.obj"]?.cause?.contains("SlowDown") == true)
        #expect(ends["c.obj"]?.result == .done)
        #expect(ends["large.obj"]?.result == .skippedByLimit)
        #expect(ends["s3://bucket/models/bad/../d.obj"]?.cause?.contains("cannot be a file here") == true)
        #expect(store.names.filter { $0.hasSuffix(".png") } == ["thumbs/c.obj.png"])
        store.state.withLock { $0.failure = { _ in nil } }
        #expect(try await run(job { $0.run.limits.bytes = 4000 }, store).counts[.done] == 2)
    }

    @Test("a renderer's words name the object and not the place that its file had")
    func words() async throws {
        let store = store(["a.obj", "b.obj"])
        let stage = StandInStage(["a.obj": .missesFiles(["/x/tex.png"])])
        let summary = try await run(job(), store, stage: stage)
        #expect(summary.items.allSatisfy { $0.result == .done })
        for item in summary.items { #expect(!"\(item)".contains("darkroom-\(getpid())"), "\(item)") }
    }

    @Test("stores and folders mix", arguments: [true, false])
    func mixed(readsStore: Bool) async throws {
        let (store, place) = (store(), try Workplace())
        let mixed = job { job in
            if readsStore {
                job.outputs[0].path = place.path("out/{rel}.png")
            } else {
                job.sources.root = place.path("models")
            }
            job.ledger = place.path("ledger")
        }
        #expect(try await run(mixed, store).counts == [.done: 3])
        #expect(try readsStore == (place.pictures().count == 3))
        #expect(store.names.filter { $0.hasSuffix(".png") }.count == (readsStore ? 0 : 3))
        #expect(try await run(mixed, store).counts == [.unchanged: 3])
        #expect(FileSystem.status(place.path("ledger/shard-1-of-1.jsonl")) != nil)
    }

    @Test("objects and folders of a store can be named one by one")
    func named() async throws {
        let store = store(["a.obj", "sub/c.stl", "sub/d.obj", "far/e.obj"])
        let paths = ["s3://bucket/models/a.obj", "s3://bucket/models/sub/", "s3://bucket/models/none.obj"]
        let summary = try await run(job { $0.sources.paths = paths }, store)
        #expect(
            summary.items.map(\.title).sorted() == ["a.obj", "s3://bucket/models/none.obj", "sub/c.stl", "sub/d.obj"])
        #expect(summary.counts == [.done: 3, .failed: 1])
        #expect(summary.items.last?.cause?.contains("no such object") == true)
    }

    @Test("sheet and reports go to the store; a sheet that shows the same is left alone")
    func extras() async throws {
        let store = store()
        let whole = job { job in
            job.sheet = JobFile.Sheet()
            job.sheet?.path = "s3://bucket/thumbs/all.png"
            job.report.json = "s3://bucket/reports/r.json"
            job.report.html = "s3://bucket/reports/r.html"
        }
        let summary = try await run(whole, store)
        #expect(summary.errors.isEmpty && summary.extras == ["s3://bucket/thumbs/all.png"], "\(summary.errors)")
        #expect(try ImageDecoder.decode(store["thumbs/all.png"] ?? []).width > 24)
        let page = String(decoding: store["reports/r.html"] ?? [], as: UTF8.self)
        #expect(page.contains("../thumbs/") && !page.contains("s3%3A"))
        _ = store.takeAsked()
        try await run(whole, store)
        let asked = store.takeAsked()
        #expect(!asked.contains("put thumbs/all.png") && !asked.contains { $0.hasPrefix("fetch thumbs/a") }, "\(asked)")
        store["models/a.obj"] = Array("new".utf8)
        try await run(whole, store)
        #expect(store.takeAsked().contains("put thumbs/all.png"))
    }

    @Test("a job that reads a store and was not opened says so")
    func unopened() {
        #expect { try JobPlan(job()) } throws: { ($0 as? JobError)?.code == .usage && "\($0)".contains("s3://") }
    }

    @Test(
        "files that have to be local are told by their key",
        arguments: ["scene.setup", "sources.list", "frames.path.file"])
    func local(key: String) async throws {
        let job = job { job in
            switch key {
            case "scene.setup": job.scene.setup = "s3://bucket/x"
            case "sources.list": job.sources.list = "s3://bucket/x"
            default:
                job.frames.path = JobFile.FrameSettings.Path()
                job.frames.path?.file = "s3://bucket/x"
            }
        }
        let error = await #expect(throws: JobError.self) { try await store().files().open(job, resumes: true) }
        #expect(error?.code == .usage && error?.message.hasPrefix(key) == true)
    }
}
