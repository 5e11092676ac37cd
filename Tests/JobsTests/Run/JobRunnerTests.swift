// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Scene
import Synchronization
import Testing

@testable import Jobs

@Suite struct JobRunnerTests {
    @Test("a run makes every picture, and a second run draws nothing") func resume() async throws {
        let place = try Workplace()
        let first = try await place.run()
        #expect(first.counts == [.done: 3] && first.exitCode == .success && first.backend == "stand-in 1.0")
        let pictures = try place.pictures()
        #expect(Set(pictures.keys) == ["a.obj.png", "b.obj.png", "sub/c.stl.png"])
        let stage = StandInStage()
        let second = try await place.run(stage: stage)
        #expect(second.counts == [.unchanged: 3] && second.exitCode == .success)
        #expect(stage.frames == 0 && stage.state.withLock { $0.made } == 0)
        #expect(try place.pictures() == pictures)
    }

    @Test("the picture is the backend's own, with text added") func untouched() async throws {
        let place = try Workplace(models: ["a.obj"])
        try await place.run()
        let png = try place.bytes("out/a.obj.png")
        let text = try PNGText.read(from: png)
        #expect(text.first { $0.keyword == "Software" }?.text == "Darkroom")
        #expect(text.first { $0.keyword == "Title" }?.text == "a.obj")
        let fingerprint = text.first { $0.keyword == Fingerprint.keyword }.flatMap { Fingerprint($0.text) }
        #expect(fingerprint != nil)
        // The stand-in's own pixels, read back from the file.
        let stage = StandInStage()
        let renderer = StandInRenderer(stage)
        let plan = try JobPlan(place.job())
        let report = try await renderer.prepare(SceneRequest(models: [.init(path: plan.scenes[0].source.path)]))
        let frame = try await renderer.render(
            SceneCamera(plan, scene: plan.scenes[0], report: report).request(plan.frames[0]))
        guard case .encoded(let sent) = frame.pixels else { return }
        #expect(try ImageDecoder.decode(png).packedBytes() == ImageDecoder.decode(sent).packedBytes())
        #expect(png.count > sent.count)
    }

    @Test("A, B, A gives the same A") func noLeaks() async throws {
        let place = try Workplace(models: ["a.obj"])
        try await place.run()
        let first = try place.bytes("out/a.obj.png")
        try place.write("models/b.obj", "model b")
        try await place.run(capacity: 1)
        let again = JobRunner.Options.forced
        try await place.run(capacity: 1, options: again)
        #expect(try place.bytes("out/a.obj.png") == first)
        #expect(try place.bytes("out/b.obj.png") != first)
    }

    @Test("a changed input, setting or missing file is drawn anew, and only that") func changes() async throws {
        let place = try Workplace()
        try await place.run()
        try place.write("models/a.obj", "model a, edited")
        #expect(try await place.run().counts == [.done: 1, .unchanged: 2])
        try FileManager.default.removeItem(atPath: place.path("out/b.obj.png"))
        #expect(try await place.run().counts == [.done: 1, .unchanged: 2])
        try place.write("out/b.obj.png", "half a pict")
        #expect(try await place.run().counts == [.done: 1, .unchanged: 2])
        #expect(try await place.run(place.job { $0.render.samples = 3 }).counts == [.done: 3])
        #expect(try await place.run(place.job { $0.render.samples = 3 }).counts == [.unchanged: 3])
        #expect(try await place.run(place.job { $0.run.resume = false }).counts == [.done: 3])
    }

    @Test("side files count: a changed material or texture draws the model anew") func sideFiles() async throws {
        let place = try Workplace(models: [])
        try place.write("models/a.obj", "mtllib a.mtl\nv 0 0 0\n")
        try place.write("models/a.mtl", "newmtl m\nmap_Kd -s 1 1 1 tex.png\n")
        #expect(try await place.run().counts == [.done: 1])
        #expect(try await place.run().counts == [.unchanged: 1])
        try place.write("models/tex.png", "now it is there")
        #expect(try await place.run().counts == [.done: 1])
        try place.write("models/a.mtl", "newmtl m2\nmap_Kd tex.png\n")
        #expect(try await place.run().counts == [.done: 1])
        #expect(try await place.run().counts == [.unchanged: 1])
    }

    @Test("by content, a new time stamp changes nothing and new content does") func content() async throws {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job { $0.run.fingerprint = .content }
        #expect(try await place.run(job).counts == [.done: 1])
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: place.path("models/a.obj"))
        #expect(try await place.run(job).counts == [.unchanged: 1])
        try place.write("models/a.obj", "Model a.obj")
        #expect(try await place.run(job).counts == [.done: 1])
    }

    @Test("one bad model never stops the batch, and the batch is partial") func isolation() async throws {
        let place = try Workplace(models: ["a.obj", "bad.obj", "c.obj"])
        let stage = StandInStage(["bad.obj": .fails(RendererError(.input, stage: "load", "bad.obj: broken"))])
        let summary = try await place.run(stage: stage)
        #expect(summary.counts == [.done: 2, .failed: 1] && summary.exitCode == .partial)
        let bad = try #require(summary.items.first { $0.result == .failed })
        #expect(bad.stage == "load" && bad.cause == "bad.obj: broken" && bad.blame == .input)
        // Remembered, until told otherwise.
        let again = StandInStage()
        let second = try await place.run(stage: again)
        #expect(second.counts == [.unchanged: 2, .failed: 1] && again.frames == 0 && second.exitCode == .partial)
        #expect(second.items.first { $0.result == .failed }?.isKnown == true)
        #expect(try await place.run(place.job { $0.run.failOn = .new }).exitCode == .success)
        var options = JobRunner.Options()
        options.retriesFailed = true
        #expect(try await place.run(options: options).counts == [.unchanged: 2, .done: 1])
    }

    @Test("what was over a limit the night before is not new, until its model changes") func limitAgain() async throws {
        let place = try Workplace(models: ["a.obj", "b.obj"])
        try place.write("models/big.obj", String(repeating: "v 0 0 0\n", count: 100))
        let job = place.job {
            $0.run.limits.bytes = 500
            $0.run.failOn = .new
        }
        let first = try await place.run(job)
        #expect(first.counts == [.done: 2, .skippedByLimit: 1] && first.exitCode == .partial)
        let second = try await place.run(job)
        #expect(second.counts == [.unchanged: 2, .skippedByLimit: 1] && second.exitCode == .success)
        #expect(second.items.first { $0.result == .skippedByLimit }?.isKnown == true)
        try place.write("models/big.obj", String(repeating: "v 0 0 1\n", count: 120))
        #expect(try await place.run(job).exitCode == .partial)
    }

    @Test("a model that crashes the renderer is tried once alone and named; the others are drawn")
    func crash() async throws {
        let place = try Workplace(models: ["a.obj", "b.obj", "bad.obj", "c.obj", "d.obj"])
        let stage = StandInStage(["bad.obj": .crashes])
        let summary = try await place.run(stage: stage)
        #expect(summary.counts == [.done: 4, .crashedRenderer: 1] && summary.exitCode == .partial)
        #expect(stage.prepared.filter { $0 == "bad.obj" }.count == 2)
        let bad = summary.items.first { $0.result == .crashedRenderer }
        #expect(bad?.title == "bad.obj" && bad?.stage == "load")
        #expect(stage.state.withLock { $0.alive } == 0)
    }

    @Test("an innocent item that went down with a renderer is drawn after all") func innocent() async throws {
        let place = try Workplace()
        let stage = StandInStage(["b.obj": .crashesTimes(1)])
        let summary = try await place.run(stage: stage)
        #expect(summary.counts == [.done: 3] && summary.exitCode == .success)
    }

    @Test("a crash in one frame costs that frame alone") func crashInFrame() async throws {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job { job in
            job.frames.simulation = .init()
            job.frames.simulation?.stop = 4
            job.outputs = [JobFile.Output(path: place.path("out/{rel}.{frame:3}.png"))]
        }
        let summary = try await place.run(job, stage: StandInStage(["a.obj": .crashesInFrame(2)]))
        #expect(summary.counts == [.done: 4, .crashedRenderer: 1])
        #expect(summary.items.map(\.frame) == [0, 1, 2, 3, 4] && summary.items[2].result == .crashedRenderer)
        #expect(Set(try place.pictures().keys) == Set([0, 1, 3, 4].map { "a.obj.00\($0).png" }))
    }

    @Test("an error that may pass is tried again, others are not") func retries() async throws {
        let place = try Workplace(models: ["a.obj", "b.obj"])
        let stage = StandInStage([
            "a.obj": .failsTimes(1, RendererError(.remote, stage: "load", "busy")),
            "b.obj": .failsTimes(1, RendererError(.input, stage: "load", "broken")),
        ])
        let summary = try await place.run(stage: stage)
        #expect(summary.counts == [.done: 1, .failed: 1])
        #expect(summary.items.map(\.result) == [.done, .failed])
    }

    @Test("a scene loads once for all its frames") func loadsOnce() async throws {
        let place = try Workplace(models: ["a.obj", "b.obj"])
        let stage = StandInStage()
        let job = place.job { job in
            job.frames.views = [.iso, .front]
            job.frames.turntable = .init()
            job.frames.turntable?.views = 5
            job.outputs = [JobFile.Output(path: place.path("out/{rel}.{view}.{turn:2}.png"))]
        }
        let summary = try await place.run(job, stage: stage, capacity: 1)
        #expect(summary.counts == [.done: 20] && stage.prepared == ["a.obj", "b.obj"])
        #expect(try place.pictures().count == 20)
    }

    @Test("several workers share the frames of one scene") func sharing() async throws {
        let place = try Workplace(models: ["a.obj"])
        let stage = StandInStage()
        let job = place.job { job in
            job.frames.turntable = .init()
            job.outputs = [JobFile.Output(path: place.path("out/{turn:2}.png"))]
        }
        let summary = try await place.run(job, stage: stage, capacity: 3)
        #expect(summary.counts == [.done: 36] && stage.prepared.count <= 3)
    }

    @Test("a renderer that never answers is given up at its stage's deadline") func hang() async throws {
        let place = try Workplace(models: ["a.obj", "hang.obj", "z.obj"])
        let job = place.job { $0.run.timeouts.load = .after(.seconds(1)) }
        let summary = try await place.run(job, stage: StandInStage(["hang.obj": .hangs]))
        #expect(summary.counts == [.done: 2, .failed: 1])
        let late = try #require(summary.items.first { $0.result == .failed })
        #expect(late.stage == "load" && late.cause?.contains("--timeout-load") == true)
    }

    @Test("an item's own limit holds for its loading too") func itemLimitWhileLoading() async throws {
        let place = try Workplace(models: ["a.obj", "hang.obj"])
        let job = place.job { $0.run.timeouts.item = .seconds(3) }
        let summary = try await place.run(job, stage: StandInStage(["hang.obj": .hangs]))
        #expect(summary.counts == [.done: 1, .failed: 1])
        let late = try #require(summary.items.first { $0.result == .failed })
        #expect(late.stage == "load" && late.cause?.contains("--timeout-item") == true)
    }

    @Test("a picture that comes after its item's limit is not written") func itemLimitBeforeFiles() async throws {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job { $0.run.timeouts.item = .seconds(2) }
        let summary = try await place.run(job, stage: StandInStage(afterFrame: { _ in usleep(2_200_000) }))
        #expect(summary.counts == [.failed: 1] && summary.items[0].stage == "develop")
        #expect(summary.items[0].cause?.contains("--timeout-item") == true)
        #expect(try place.pictures().isEmpty)
        let again = try await place.run(place.job(), stage: StandInStage())
        #expect(again.counts == [.done: 1])
    }

    @Test("a blank picture is no success", arguments: [StandInStage.Trick.isBlank, .isEmpty]) func blank(
        trick: StandInStage.Trick
    ) async throws {
        let place = try Workplace(models: ["a.obj", "b.obj"])
        let summary = try await place.run(stage: StandInStage(["a.obj": trick]))
        #expect(summary.counts == [.done: 1, .emptyFrame: 1] && summary.exitCode == .partial)
        #expect(try place.pictures().keys.sorted() == ["b.obj.png"])
        let kept = try await place.run(place.job { $0.run.allowEmpty = true }, stage: StandInStage(["a.obj": trick]))
        #expect(kept.counts == [.done: 1, .unchanged: 1])
    }

    @Test("nonsense from the backend is its fault, and nothing is written") func nonsense() async throws {
        let place = try Workplace(models: ["a.obj"])
        let summary = try await place.run(stage: StandInStage(["a.obj": .isNonsense]))
        #expect(summary.counts == [.failed: 1] && summary.exitCode == .remote)
        #expect(summary.items[0].stage == "decode")
        #expect(try place.pictures().isEmpty)
    }

    @Test("limits give their own result and exit code") func limits() async throws {
        let place = try Workplace(models: ["a.obj"])
        let bytes = try await place.run(place.job { $0.run.limits.bytes = 3 })
        #expect(bytes.counts == [.skippedByLimit: 1] && bytes.exitCode == .limits)
        #expect(bytes.items[0].cause?.contains("--max-bytes") == true)
        let job = place.job { $0.run.limits.triangles = 10 }
        let triangles = try await place.run(job, stage: StandInStage(["a.obj": .hasTriangles(11)]))
        #expect(triangles.counts == [.skippedByLimit: 1] && triangles.exitCode == .limits)
        #expect(throws: JobError.self) { try JobPlan(place.job { $0.run.limits.pixels = 10 }) }
    }

    @Test("missing side files warn, or fail where that is asked") func missingFiles() async throws {
        let place = try Workplace(models: ["a.obj"])
        let stage = StandInStage(["a.obj": .missesFiles(["a.mtl"])])
        let warned = try await place.run(stage: stage)
        #expect(warned.counts == [.done: 1] && warned.items[0].warnings == ["missing file a.mtl"])
        let job = place.job { $0.sources.missingFiles = .fail }
        let failed = try await place.run(job, stage: stage)
        #expect(failed.counts == [.failed: 1] && failed.exitCode == .input)
    }

    @Test("unsupported formats are skipped in folders and fail when named") func unsupported() async throws {
        let place = try Workplace(models: ["a.obj", "b.fbx"])
        let found = try await place.run()
        #expect(found.counts == [.done: 1, .unsupported: 1] && found.exitCode == .success)
        let named = try await place.run(place.job { $0.sources.paths = [place.path("models/b.fbx")] })
        #expect(named.counts == [.unsupported: 1] && named.exitCode == .input)
        let strict = try await place.run(place.job { $0.sources.unsupported = .fail })
        #expect(strict.exitCode == .partial)
    }

    @Test("no backend ends as a remote failure for every item, without a hang") func noBackend() async throws {
        let place = try Workplace()
        var provider = StandInProvider(stage: StandInStage())
        provider.refusal = RendererError(.remote, stage: "connect", "node:5000 refuses")
        let summary = await JobRunner(plan: try JobPlan(place.job()), provider: provider).run()
        #expect(summary.counts == [.failed: 3] && summary.exitCode == .remote)
        #expect(summary.items[0].cause == "node:5000 refuses" && summary.items[0].stage == "connect")
    }

    @Test("an output folder that cannot be written is this machine's fault") func unwritable() async throws {
        let place = try Workplace(models: ["a.obj"])
        try place.write("out", "a file in the way")
        let summary = try await place.run()
        #expect(summary.counts == [.failed: 1] && summary.exitCode == .environment)
        #expect(summary.items[0].stage == "write" && summary.items[0].cause?.contains(place.path("out")) == true)
        let ledger = try await place.run(place.job { $0.ledger = place.path("out/ledger") })
        #expect(ledger.exitCode == .environment && ledger.errors[0].message.contains("--ledger"))
    }

    @Test("too many failures stop the run early") func maxFailures() async throws {
        let place = try Workplace(models: (0..<30).map { "m\($0).obj" })
        var tricks: [String: StandInStage.Trick] = [:]
        for n in 0..<30 { tricks["m\(n).obj"] = .fails(RendererError(.environment, stage: "load", "no memory")) }
        let stage = StandInStage(tricks)
        let summary = try await place.run(place.job { $0.run.maxFailures = .count(4) }, stage: stage, capacity: 1)
        #expect(summary.counts == [.failed: 5, .interrupted: 25] && summary.isStoppedByFailures)
        #expect(summary.exitCode == .environment && stage.prepared.count == 5)
    }

    @Test("broken models never trip the percentage, a broken machine does", arguments: [true, false])
    func percentage(isInput: Bool) async throws {
        let place = try Workplace(models: (0..<60).map { "m\($0).obj" })
        let error = RendererError(isInput ? .input : .environment, stage: "load", "no")
        let tricks = Dictionary(uniqueKeysWithValues: (0..<60).map { ("m\($0).obj", StandInStage.Trick.fails(error)) })
        let summary = try await place.run(stage: StandInStage(tricks), capacity: 1)
        #expect(summary.isStoppedByFailures != isInput)
        #expect(summary.counts[.failed] == (isInput ? 60 : 20))
    }

    @Test("many items, several workers") func many() async throws {
        let place = try Workplace(models: (0..<1000).map { "m\($0).obj" })
        let job = place.job { $0.render.size = PictureSize(8) }
        #expect(try await place.run(job, capacity: 4).counts == [.done: 1000])
        #expect(try await place.run(job, capacity: 4).counts == [.unchanged: 1000])
    }
}

extension JobRunner.Options {
    static var forced: JobRunner.Options {
        var options = JobRunner.Options()
        options.isForced = true
        return options
    }
}
