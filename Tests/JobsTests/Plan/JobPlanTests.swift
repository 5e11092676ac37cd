// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene
import Testing

@testable import Jobs

@Suite struct JobPlanTests {
    @Test("sources are found, sorted, filtered, and links that loop end") func sources() throws {
        let place = try Workplace(models: [
            "b.obj", "a/x y.stl", "wip/no.obj", ".hidden/no.obj", "t.txt", "u\u{e9}.ply",
        ])
        try FileManager.default.createSymbolicLink(
            atPath: place.path("models/a/loop"), withDestinationPath: place.path("models"))
        let plan = try JobPlan(place.job { $0.sources.exclude = ["wip/**"] })
        #expect(plan.scenes.map(\.source.rel) == ["a/x y.stl", "b.obj", "u\u{e9}.ply"])
    }

    @Test("lists name files, parted by newlines or NUL", arguments: ["\n", "\0", "\r\n"]) func lists(separator: String)
        throws
    {
        let place = try Workplace()
        let text = ["models/a.obj", "models/sub/c.stl"].map(place.path).joined(separator: separator) + separator
        try place.write("list", text)
        let plan = try JobPlan(place.job { $0.sources.list = place.path("list") })
        #expect(plan.scenes.map(\.source.rel) == ["a.obj", "sub/c.stl"])
        var options = JobPlan.Options()
        options.standardInput = { Array(text.utf8) }
        #expect(try JobPlan(place.job { $0.sources.list = "-" }, options: options).scenes.count == 2)
    }

    @Test("samples of a scene are those of all its pictures, and paths count for more") func samples() throws {
        let place = try Workplace(models: ["a.obj", "b.obj"])
        func samples(_ change: (inout JobFile) -> Void) throws -> Int { try JobPlan(place.job(change)).samplesPerScene }
        let one = try samples {
            $0.render.size = PictureSize(width: 10, height: 20)
            $0.render.samples = 4
        }
        #expect(one == 800)
        let paths = try samples {
            $0.render.size = PictureSize(width: 10, height: 20)
            ($0.render.samples, $0.render.renderer) = (4, .production)
            $0.frames.views = [.front, .iso]
            $0.outputs = [JobFile.Output(path: "{rel}.{view}.png")]
        }
        #expect(paths == 800 * 2 * 8)
    }

    @Test("a path that leads upwards stays below the output") func upwards() throws {
        let place = try Workplace()
        let job = place.job {
            $0.sources.root = place.path("models/sub")
            $0.sources.paths = [place.path("models/sub/../a.obj")]
        }
        let rel = try JobPlan(job).scenes[0].source.rel
        #expect(!rel.contains("..") && !rel.hasPrefix("/") && rel.hasSuffix("models/a.obj"))
    }

    @Test("named files that are absent are told; all absent is an input error") func absent() throws {
        let place = try Workplace()
        let both = place.job { $0.sources.paths = [place.path("models/a.obj"), place.path("gone.obj")] }
        let plan = try JobPlan(both)
        #expect(plan.rejected.count == 1 && plan.rejected[0].cause.contains("gone.obj: no such file"))
        for job in [
            place.job { $0.sources.paths = [place.path("gone.obj")] }, place.job { $0.sources.root = "/no/such" },
            place.job { $0.sources.include = ["*.xyz"] },
        ] {
            #expect { try JobPlan(job) } throws: { ($0 as? JobError)?.code == .input }
        }
    }

    @Test("axes multiply, unless they go together") func axes() throws {
        let place = try Workplace(models: ["a.obj"])
        var job = place.job()
        job.frames.views = [.iso, .front]
        job.frames.simulation = .init()
        job.frames.simulation?.stop = 10
        job.frames.simulation?.step = 5
        job.outputs = [JobFile.Output(path: "{rel}.{view}.{simulation:3}.png")]
        var plan = try JobPlan(job)
        #expect(plan.frames.map(\.simulation) == [0, 5, 10, 0, 5, 10])
        #expect(plan.outputPaths(ItemID(scene: 0, frame: 4)) == ["a.obj.front.005.png"])
        job.frames.turntable = .init()
        job.frames.turntable?.views = 3
        job.frames.together = [.turntable, .simulation]
        plan = try JobPlan(job)
        #expect(plan.frames.count == 6 && plan.frames[5].turn?.index == 2 && plan.frames[5].simulation == 10)
        job.frames.turntable?.views = 4
        #expect { try JobPlan(job) } throws: { "\($0)".contains("turntable has 4 frames, simulation has 3") }
    }

    @Test("a camera file gives the frames") func cameraPath() throws {
        let place = try Workplace(models: ["a.obj"])
        try place.write("c.json", #"[{"time": 0, "position": [0, 0, 5]}, {"time": 2, "position": [4, 0, 5]}]"#)
        var job = place.job { $0.outputs = [JobFile.Output(path: "{frame}.png")] }
        job.frames.path = .init()
        job.frames.path?.file = place.path("c.json")
        #expect(try JobPlan(job).frames.count == 2)
        job.frames.path?.frames = 5
        let frames = try JobPlan(job).frames
        #expect(frames.count == 5 && frames[1].camera == .fixed(View(position: Vector3(1, 0, 5), target: .zero)))
        try place.write("c.json", #"[{"time": 0}]"#)
        #expect { try JobPlan(job) } throws: { ($0 as? JobError)?.code == .input && "\($0)".contains("c.json:1") }
    }

    @Test("colliding items fail with both named, also when only case differs; strict fails the run") func collisions()
        async throws
    {
        let place = try Workplace(models: ["Box.obj", "box.stl", "c.obj"])
        let job = place.job { $0.outputs = [JobFile.Output(path: place.path("out/{stem}.png"))] }
        let plan = try JobPlan(job)
        #expect(plan.collisions.count == 2)
        let cause = try #require(plan.collisions[ItemID(scene: 0, frame: 0)])
        #expect(cause.contains("Box.obj") && cause.contains("box.stl"))
        let summary = try await place.run(job)
        #expect(summary.counts == [.failed: 2, .done: 1] && summary.exitCode == .partial)
        var strict = JobPlan.Options()
        strict.isStrict = true
        #expect { try JobPlan(job, options: strict) } throws: { ($0 as? JobError)?.code == .usage }
        let frames = place.job { $0.frames.views = [.iso, .front] }
        #expect { try JobPlan(frames) } throws: {
            ($0 as? JobError)?.code == .usage && "\($0)".contains("Box.obj (iso) and Box.obj (front)")
        }
        let twice = place.job { $0.outputs = [.init(path: "{rel}.png"), .init(path: "{rel}.PNG")] }
        #expect(throws: JobError.self) { try JobPlan(twice) }
    }

    @Test(
        "an unknown placeholder is an error that helps",
        arguments: [
            ("{rell}.png", "did you mean {rel}?"), ("{foo-bar-baz}.png", "there are {rel} {dir}"),
            ("{rel.png", "{ without its }"),
            ("rel}.png", "} without its {"), ("{frame:x}.png", "needs a number of digits"),
        ]) func placeholders(template: String, sentence: String)
    {
        #expect { try OutputTemplate(template) } throws: { "\($0)".contains(sentence) }
    }

    @Test("templates fill in") func templates() throws {
        let values = OutputTemplate.Values(
            rel: "x/a b.obj", name: "job", view: "iso", frame: 7, turn: 2, simulation: 30, width: 64, height: 32,
            index: 5)
        let template = try OutputTemplate(
            "{{{dir}/{stem}.{ext}.{name}.{view}.{frame:4}.{turn}.{simulation}.{width}x{height}.{index}}}.png")
        #expect(template.path(values) == "{x/a b.obj.job.iso.0007.2.30.64x32.5}.png")
        #expect(try OutputTemplate("{dir}/{hash}").path(.init(rel: "a.obj")).hasPrefix("./"))
    }

    @Test("sizes: one number bounds the longer side, several outputs share one render") func sizes() throws {
        let place = try Workplace(models: ["a.obj"])
        let job = place.job {
            $0.render.size = PictureSize("1920x1080")
            $0.outputs = [JobFile.Output(path: "{rel}.{width}.png")]
            $0.outputs[0].size = [PictureSize(512), PictureSize(width: 100, height: 100)]
        }
        let plan = try JobPlan(job)
        #expect(plan.outputs.map(\.width) == [512, 100] && plan.outputs.map(\.height) == [288, 100])
        #expect(try JobPlan(place.job { $0.render.size = nil }).width == 1920)
    }

    @Test("shards part the scenes, each in exactly one; one scene is parted by frame") func shards() throws {
        let place = try Workplace(models: (0..<40).map { "m\($0).obj" })
        let parts = try (1...4).map { n in try JobPlan(place.job { $0.run.shard = Shard(index: n, count: 4) }) }
        let all = parts.flatMap { $0.scenes.map(\.source.rel) }
        #expect(all.count == 40 && Set(all).count == 40 && parts.allSatisfy { !$0.scenes.isEmpty })
        let single = try Workplace(models: ["a.obj"])
        let counts = try (1...3).map { n in
            try JobPlan(
                single.job {
                    $0.run.shard = Shard(index: n, count: 3)
                    $0.frames.turntable = .init()
                    $0.outputs = [JobFile.Output(path: "{frame}.png")]
                }
            ).itemCount
        }
        #expect(counts.reduce(0, +) == 36 && counts.allSatisfy { $0 > 0 })
    }

    @Test(
        "the scheduler's environment names the shard",
        arguments: [
            (
                [
                    "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_MAX": "11",
                    "SLURM_ARRAY_TASK_STEP": "2",
                ], "3/5"
            ),
            (["SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_COUNT": "4"], "1/4"),
            (["JOB_COMPLETION_INDEX": "2", "JOB_COMPLETIONS": "8"], "3/8"), ([:], "1/1"),
        ]) func environments(environment: [String: String], shard: String) throws
    {
        #expect(try Shard(environment: environment).description == shard)
    }

    @Test("a scheduler that tells no count is an error") func halfEnvironment() {
        #expect(throws: JobError.self) { try Shard(environment: ["JOB_COMPLETION_INDEX": "2"]) }
        #expect(throws: JobError.self) { try Shard(environment: ["SLURM_ARRAY_TASK_ID": "2"]) }
        // --array=1,3,7-9: which of the five tasks 7 is cannot be told.
        let gaps = ["ID": "7", "MIN": "1", "MAX": "9", "STEP": "1", "COUNT": "5"]
        #expect(throws: JobError.self) {
            try Shard(environment: Dictionary(uniqueKeysWithValues: gaps.map { ("SLURM_ARRAY_TASK_\($0)", $1) }))
        }
    }

    @Test("frame lists name frames") func frameLists() throws {
        let list = try #require(FrameList("2,4,10-20:5"))
        #expect((0...21).filter(list.contains) == [2, 4, 10, 15, 20] && list.description == "2,4,10-20:5")
        for text in ["", "a", "3-1", "1,,2", "-1", "1-2-3", "1:0"] { #expect(FrameList(text) == nil) }
        let place = try Workplace(models: ["a.obj"])
        var job = place.job { $0.outputs = [JobFile.Output(path: "{frame}.png")] }
        job.frames.turntable = .init()
        var options = JobPlan.Options()
        options.frames = list
        #expect(try JobPlan(job, options: options).frames.map(\.index) == [2, 4, 10, 15, 20])
        options.frames = FrameList("99")
        #expect(throws: JobError.self) { try JobPlan(job, options: options) }
    }
}
