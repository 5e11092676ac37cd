// SPDX-License-Identifier: Apache-2.0
import Codecs
import JSONRPC
import Scene
import Testing

@testable import Jobs

@Suite struct JobFileTests {
    /// The example that users see.
    static let full = """
        version: 1
        name: nightly-thumbs
        backend: embedded
        sources:
          root: models
          include: ["**/*.{fbx,gltf,glb,obj,ply,stl}"]
          exclude: ["**/wip/**"]
          list: null
          unsupported: skip
          missing-files: warn
          up: auto
        scene:
          existing: refuse
          models: []
          setup: null
          lights: auto
          background: transparent
        camera:
          projection: {type: perspective, fovy: 45}
          fit: {margin: 5%}
        frames:
          views: [iso, front]
        render: {renderer: interactive, samples: 16, size: 1024x1024}
        develop: []
        outputs:
          - {path: "thumbs/{rel}.{view}.{width}.png", size: [512, 256, 128], compression: fast}
          - {path: "thumbs/{rel}.{view}.jpg", size: 512, background: "#ffffff", quality: 90}
        sheet: {path: thumbs/contact.png, columns: 8, size: 128}
        movie: null
        run:
          jobs: auto
          threads: auto
          memory-per-job: 4GiB
          shard: auto
          resume: true
          fingerprint: stat
          retries: 2
          timeouts: {connect: 10s, load: 10m, render: 5m, item: 20m}
          limits: {bytes: 2GiB, triangles: 50M, pixels: 64M}
          allow-empty: false
          fail-on: any
          max-failures: 5%
        ledger: thumbs/.darkroom/
        report: {json: report.json, junit: report.xml, html: report.html}
        """

    @Test("the full example reads as it is meant") func fullExample() throws {
        let job = try JobFile.parse(yaml: Self.full)
        #expect(job.name == "nightly-thumbs")
        #expect(job.backend == .init(.embedded))
        #expect(job.sources.root == "models" && job.sources.exclude == ["**/wip/**"] && job.sources.up == nil)
        #expect(job.scene.background == nil && job.scene.lights == nil)
        #expect(job.camera.margin == 0.05 && job.camera.projection.fovy == 45)
        #expect(job.frames.views == [.iso, .front])
        #expect(job.render.size == PictureSize(width: 1024, height: 1024))
        #expect(job.outputs[0].size == [512, 256, 128].map { PictureSize($0) })
        #expect(job.outputs[0].compression == .fast && job.outputs[1].background == .white)
        #expect(job.run.memoryPerJob == 4 << 30 && job.run.timeouts.load == .after(.seconds(600)))
        #expect(job.run.limits.triangles == 50_000_000 && job.run.maxFailures == .fraction(0.05))
        #expect(job.report.html == "report.html" && job.movie == nil)
    }

    @Test("nothing written gives the defaults") func empty() throws {
        #expect(try JobFile.parse(yaml: "") == JobFile())
        #expect(try JobFile.parse(yaml: "{}") == JobFile())
        #expect(try JobFile.parse(yaml: "run:\nframes:\n") == JobFile())
    }

    @Test(
        "what is printed reads back the same",
        arguments: [
            "", full, "backend: {start: \"braynsService --uri {uri}\"}", "backend: [a:1, wss://b]",
            "backend: {uri: h:1, exclusive: true, capture: snapshot, map: {/a: /b}}",
            "name: \"costs $$5 for ${X}\\nand more\"", "name: \"null\"", "name: \"007\"",
            "scene: {models: [{path: a b.obj, material: {name: phong, x: [1, 2.5, true]}, colour: \"#12345678\"}]}",
            "scene: {lights: [{type: sphere, position: [1, 2, 3], radius: 0.5}, {type: ambient, intensity: 2}]}",
            "scene: {lights: [{type: directional, direction: [0, 1, 0], color: [1, 0, 0]}]}",
            "camera: {projection: {type: orthographic, height: 2.5}, view: {position: [0, 0, 5], up: [0, 1, 0]}}",
            "frames: {turntable: {views: 12, axis: -z}, simulation: {start: 1, stop: 9}, together: [simulation, turntable]}",
            "frames: {path: {file: c.json, frames: 10}}",
            "develop: [{exposure: -1.5}, {tone-map: filmic}, clean-edges]", "develop: [denoise, {denoise: 0.25}]",
            "run: {jobs: 3, shard: 2/5, max-failures: 7, timeouts: {load: none, render: none, item: 90s}}",
        ]) func roundTrip(yaml: String) throws
    {
        let job = try JobFile.parse(yaml: yaml, environment: ["X": "\u{e4} \"b\" $"])
        #expect(try JobFile.parse(yaml: job.yaml()) == job, "\(job.yaml())")
    }

    @Test("JSON reads as YAML does") func json() throws {
        let job = try JobFile.parse(yaml: #"{"render": {"size": 256, "samples": 4}, "run": {"resume": false}}"#)
        #expect(job.render.size == PictureSize(256) && job.render.samples == 4 && !job.run.resume)
    }

    @Test(
        "an error names its place, the key, and what is expected",
        arguments: [
            ("a: 1", "j:1:1: unknown key a; the keys here are version, name"),
            ("sources:\n  inclde: x", "j:2:3: unknown key sources.inclde; did you mean include?"),
            (
                "render:\n  samples: many",
                "j:2:12: render.samples: expected a whole number from 1 to 1000000, found \"many\""
            ),
            ("render: {samples: 0}", "j:1:19: render.samples: expected a whole number"),
            ("render: 5", "j:1:9: render: expected a mapping"),
            ("outputs:\n  - path: x.gif", "j:2:5: outputs[0]: path must end in .png, .jpg, .jpeg or .exr"),
            ("outputs: [{size: 1}]", "outputs[0]: an output needs a path"),
            (
                "run: {timeouts: {load: soon}}",
                "j:1:24: run.timeouts.load: expected a duration such as 10m, auto or none"
            ),
            ("sources: {up: z}", "sources.up: expected one of +x, -x, +y, -y, +z, -z, found \"z\""),
            ("frames: {views: [iso, iso]}", "frames: the same view twice"),
            ("frames: {path: {file: a}, views: [iso]}", "path brings the camera along"),
            ("frames: {together: [path]}", "together names path, which frames does not have"),
            ("camera: {view: {position: [1, 2]}}", "camera.view.position: expected a list of three numbers"),
            ("camera: {view: {position: [0, 5, 0]}}", "up must not be zero nor point along the line of sight"),
            ("backend: {start: a, uri: b}", "start and uri exclude each other"),
            ("version: 2", "version: expected a whole number from 1 to 1"),
            ("name: ${NOPE}", "name: the environment has no variable NOPE"),
            ("name: [", "j:2:1: did not find expected node content"),
            ("name: a\nname: b", "the same key twice: name"),
        ]) func errors(yaml: String, sentence: String)
    {
        #expect {
            try JobFile.parse(yaml: yaml, origin: "j")
        } throws: { error in
            let message = (error as? JobError)?.message ?? ""
            if !message.contains(sentence) { Issue.record("\(message)") }
            return (error as? JobError)?.code == .usage
        }
    }

    @Test("the environment fills in, and two dollars are one") func environment() throws {
        let job = try JobFile.parse(
            yaml: "name: \"${A}-$$-$x\"\nrun: {jobs: \"${N}\", threads: 2}",
            environment: ["A": "one: two", "N": "4"])
        #expect(job.name == "one: two-$-$x" && job.run.jobs == 4)
    }

    @Test("overrides replace, add and append") func overrides() throws {
        let job = try JobFile.parse(
            yaml: Self.full,
            overrides: [
                "run.jobs=3", "outputs[0].size=64", "frames.views[]=top", "movie.path=a.mp4", "sheet=",
                "name=x=y",
            ])
        #expect(job.run.jobs == 3 && job.outputs[0].size == [PictureSize(64)])
        #expect(job.frames.views == [.iso, .front, .top] && job.movie?.path == "a.mp4")
        #expect(job.sheet == nil && job.name == "x=y")
        #expect(job.outputs[1].quality == 90)
    }

    @Test(
        "a wrong override names itself",
        arguments: [
            ("run.jbs=3", "--set run.jbs=3: unknown key run.jbs; did you mean jobs?"), ("run", "write path=value"),
            ("outputs[7].size=1", "there is no element 7"), ("run[0]=1", "run is no list"),
            ("render.samples=x", "--set render.samples=x: render.samples: expected a whole number"),
            ("a..b=1", "an empty key"), ("outputs[x]=1", "an index is written [0]"),
        ]) func wrongOverrides(override: String, sentence: String)
    {
        #expect {
            try JobFile.parse(yaml: Self.full, overrides: [override])
        } throws: { error in
            let message = (error as? JobError)?.message ?? ""
            if !message.contains(sentence) { Issue.record("\(message)") }
            return true
        }
    }

    @Test("a job file that is absent is an input error, a broken one a usage error") func loading() throws {
        #expect { try JobFile.load(path: "no/such/job.yaml") } throws: {
            ($0 as? JobError)?.code == .input && "\($0)".contains("no/such/job.yaml: cannot open: No such file")
        }
    }

    @Test(
        "a hostile text ends in an error",
        arguments: [
            String(repeating: "[", count: 200_000), String(repeating: "{a: ", count: 100_000),
            (0..<9).reduce("a0: &a0 [x,x,x,x,x,x,x,x,x]\n") { text, n in
                text + "a\(n + 1): &a\(n + 1) [\(Array(repeating: "*a\(n)", count: 9).joined(separator: ","))]\n"
            }, "\u{0}", "- \t- x: [", "%YAML 9.9\n---\n", "!!binary x", "&a [*a]",
        ]) func hostile(yaml: String)
    {
        #expect(throws: JobError.self) { try JobFile.parse(yaml: yaml) }
    }
}
