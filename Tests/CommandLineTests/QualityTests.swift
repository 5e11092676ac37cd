// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@Suite struct QualityTests {
    /// `bench --quality` of small pictures with a cache of its own.
    private static func program(_ arguments: [String], cache: URL) -> Program {
        let small = ["--size", "64x36", "--reference-samples", "64", "--samples", "1,4", "--repeats", "1"]
        var program = Program(arguments: ["bench", "--quality", "--threads", "1"] + small + arguments)
        var environment = ProcessInfo.processInfo.environment
        environment["XDG_CACHE_HOME"] = cache.path
        program.environment = environment
        return program
    }

    @Test("scenes of its own: more samples come nearer, denoised ones nearer still, the reference is kept")
    func scenes() throws {
        try Scratch.with { folder in
            let saved = folder.appendingPathComponent("saved")
            let result = try Self.program(["--json", "-", "--pictures", saved.path], cache: folder).run()
            #expect(result.code == 0, "\(result.talk)")
            let report = try JSONValue(parsing: result.output)
            let scenes = report["scenes"]?.arrayValue ?? []
            #expect(scenes.compactMap { $0["name"]?.stringValue } == ["mesh", "glass", "neuron", "molecule", "volume"])
            for scene in scenes {
                let points = scene["points"]?.arrayValue ?? []
                let errors = points.compactMap { $0["error"]?["relative_mse"]?.doubleValue }
                // Raw and denoised of one sample, raw and denoised of four.
                try #require(errors.count == 4, "\(scene)")
                #expect(
                    errors[2] < errors[0] && errors[1] < errors[0] && errors[3] < errors[2], "\(scene["name"] ?? .null)"
                )
                let change = points.compactMap { $0["energy_change"]?.doubleValue }
                #expect(change.count == 2 && change.allSatisfy { abs($0) < 0.005 })
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: saved.path).count == 5 * 8)
            let kept = folder.appendingPathComponent("darkroom/references")
            #expect(try FileManager.default.contentsOfDirectory(atPath: kept.path).count == 5)
            let again = try Self.program(["--scene", "mesh", "--scene", "volume", "--json", "-"], cache: folder).run()
            let second = try JSONValue(parsing: again.output)["scenes"]?.arrayValue ?? []
            #expect(second.compactMap { $0["reference_kept"]?.boolValue } == [true, true])
        }
    }

    @Test("a job of one's own is measured by its first picture, with a table for people")
    func job() throws {
        try Scratch.with { folder in
            let job = folder.appendingPathComponent("vases.yaml")
            let text = """
                sources: {paths: ["\(Fixtures.repository.path)/Samples/models/vase.obj"]}
                frames: {turntable: {views: 3}}
                render: {renderer: production}
                develop: [{denoise: 2}, {tone-map: filmic}]
                """
            try Data(text.utf8).write(to: job)
            let (svg, png) = (folder.appendingPathComponent("p.svg"), folder.appendingPathComponent("p.png"))
            let plots = ["--plot", svg.path, "--plot", png.path]
            let result = try Self.program(["--job", job.path] + plots, cache: folder).run()
            #expect(result.code == 0, "\(result.talk)")
            #expect(try String(contentsOf: svg, encoding: .utf8).contains("vases"))
            #expect(try Data(contentsOf: png).starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(result.outputText.contains("vases: the first picture of the job"))
            #expect(result.outputText.contains("4 samples denoised are worth"))
        }
    }

    @Test(
        "what does not go together is refused before anything is drawn",
        arguments: [
            ["--quality", "--mode", "staged"], ["--quality", "--scene", "usual"], ["--scene", "mesh"],
            ["--samples", "3"], ["--size", "64x64"], ["--job", "a.yaml"], ["--quality", "--samples", "0"],
            ["--quality", "--samples", "1,,2"], ["--quality", "--size", "0x3"], ["--quality", "--size", "60000x60000"],
            ["--quality", "--reference-samples", "128"], ["--quality", "--reference-samples", "0"],
            ["--quality", "--job", "a.yaml", "--scene", "mesh"], ["--quality", "--device", "vulkan"],
            ["--quality", "--backend", "embedded", "--backend", "a:1"], ["--quality", "--baseline", "b.json"],
            ["--quality", "--repeats", "0"], ["--quality", "--plot", "a.pdf"], ["--plot", "a.png"],
        ])
    func refused(arguments: [String]) throws {
        let result = try Program(arguments: ["bench"] + arguments).run()
        #expect(result.code == 64 && result.output.isEmpty && !result.talk.isEmpty, "\(result.talk)")
    }

    @Test("a job that is not there, and a server that is not there, are named")
    func missing() throws {
        try Scratch.with { folder in
            let job = try Self.program(["--job", "no/such/job.yaml"], cache: folder).run()
            #expect(job.code == 65 && job.talk.contains("no/such/job.yaml"))
            let server = try Self.program(["--scene", "mesh", "--backend", "127.0.0.1:9"], cache: folder).run()
            #expect(server.code == 69, "\(server.code)")
            #expect(server.talk.contains("127.0.0.1") && server.talk.split(separator: "\n").count == 1)
        }
    }

    @Test("without a place for references the variables to set are named")
    func homeless() throws {
        var program = Program("bench", "--quality", "--scene", "mesh")
        program.environment = ["PATH": "/usr/bin:/bin"]
        let result = try program.run()
        #expect(result.code != 0 && result.talk.contains("XDG_CACHE_HOME"))
    }

    @Test("a request to stop ends the reference at once")
    func stops() throws {
        try Scratch.with { folder in
            var program = Self.program(["--scene", "glass"], cache: folder)
            program.arguments += ["--size", "640x480", "--reference-samples", "200000"]
            let running = try program.start(in: folder)
            let start = Date()
            while running.process.isRunning, Date().timeIntervalSince(start) < 3 { usleep(50_000) }
            kill(running.process.processIdentifier, SIGINT)
            let result = try running.result(within: 15)
            #expect(result.code == 75, "\(result.code): \(result.talk)")
            #expect(result.talk.contains("Interrupted by SIGINT"))
        }
    }
}
