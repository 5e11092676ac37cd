// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Scene
import Testing

@Suite struct UsageTests {
    @Test(
        "a command line that cannot be understood is code 64, said on standard error only",
        arguments: [
            ["nonsense"], ["render"], ["render", "--bogus", "a.obj"], ["render", "a.obj", "--size", "big"],
            ["render", "a.obj", "--resume", "--no-resume"], ["render", "a.obj", "--force", "--resume"],
            ["render", "a.obj", "--backend", "a:1", "--backend-start", "x {uri}"],
            ["render", "a.obj", "--ca", "x.pem", "--insecure"], ["render", "a.obj", "b.yaml"],
            ["render", "a.obj", "--camera", "c.json", "--view", "top"], ["render", "a.obj", "--frames", "4-2"],
            ["render", "a.obj", "--shard", "3/2"], ["render", "a.obj", "--depth", "12"],
            ["render", "a.obj", "--set", "nothing"], ["render", "a.obj", "--report", "xml=a"],
            ["render", "a.obj", "-o", "-", "--sheet", "s.png"], ["render", "a.obj", "--timeout-load", "soon"],
            ["thumbnail"], ["thumbnail", "a.obj", "--files-from", "x"], ["thumbnail", "."], ["thumbnail", "a", "-0"],
            ["thumbnail", "a.obj", "-o", "-", "--size", "64,32"],
            ["thumbnail", "a.obj", "--format", "jpg", "--template", "{rel}.png"],
            ["compare", "a.png"], ["compare", "a.png", "b.png", "--tolerance", "300"], ["compare", "-", "-"],
            ["image", "decode", "a.png", "--repeat", "0"], ["doctor", "extra"], ["publish", "a.png"],
            ["publish", "--core", "http://127.0.0.1"],
            ["publish", "a", "--core", "http://127.0.0.1", "--via", "picture"],
            ["publish", "a", "--core", "http://127.0.0.1", "--id", "a/b"], ["render", "a.obj", "--as", "hls"],
            ["publish", "a", "--core", "http://127.0.0.1", "--for", "3s"],
        ])
    func usage(arguments: [String]) throws {
        let result = try Program(arguments: arguments).run()
        #expect(result.code == 64, "\(arguments): \(result.talk)")
        #expect(result.output.isEmpty)
        #expect(!result.talk.isEmpty)
    }

    @Test("a job file that is not there is named, with the input's code")
    func missingJob() throws {
        let result = try Program("render", "no/such/job.yaml").run()
        #expect(result.code == 65)
        #expect(result.talk.contains("no/such/job.yaml"))
        #expect(result.output.isEmpty)
    }

    @Test("an unknown key is named with its line and the nearest key")
    func unknownKey() throws {
        try Scratch.with { folder in
            let job = folder.appendingPathComponent("job.yaml")
            try Data("version: 1\nrender:\n  sampels: 3\n".utf8).write(to: job)
            let result = try Program("render", job.path).run()
            #expect(result.code == 64)
            #expect(result.talk.contains("job.yaml:3"))
            #expect(result.talk.contains("sampels") && result.talk.contains("samples"))
        }
    }

    @Test("an unknown flag is answered with the nearest one")
    func nearestFlag() throws {
        let result = try Program("render", "a.obj", "--sampels", "3").run()
        #expect(result.code == 64)
        #expect(result.talk.contains("--samples"))
    }

    @Test("a bad command line of the backend is code 1, as launchers of braynsService know it")
    func backend() throws {
        let result = try Program("backend", "--no-such-option", "1").run()
        #expect(result.code == 1)
        #expect(result.output.isEmpty && !result.talk.isEmpty)
    }
}

@Suite struct PrintJobTests {
    @Test("the job that flags amount to is printed as one that reads back the same")
    func roundTrip() throws {
        let arguments = [
            "a.obj", "--view", "iso,top", "--size", "640x480", "--samples", "3", "-j", "2", "--threads", "1",
            "--timeout-load", "none", "--timeout-render", "7s", "--max-triangles", "5M", "--background", "#102030",
            "--exposure", "-1", "--tone-map", "filmic", "--denoise", "--depth", "16", "--up", "+z", "--existing",
            "keep",
            "--map", "/a=/b", "--backend", "node:5000", "--insecure", "--report", "junit=r.xml", "--ledger", "l/",
            "--fail-on", "new", "--max-failures", "3", "--no-resume", "--shard", "2/5", "--sheet", "s.png",
        ]
        let printed = try Program(arguments: ["render", "--print-job"] + arguments).run()
        #expect(printed.code == 0, "\(printed.talk)")
        let job = try JobFile.parse(yaml: printed.outputText)
        #expect(job.sources.paths == ["a.obj"])
        #expect(job.frames.views == [.iso, .top])
        #expect(job.render.size == PictureSize(width: 640, height: 480))
        #expect(job.run.jobs == 2 && job.run.threads == 1 && !job.run.resume)
        #expect(job.run.timeouts.load == .none && job.run.timeouts.render == .seconds(7))
        #expect(job.run.timeouts.connect == .seconds(10))
        #expect(job.develop == [.exposure(-1), .denoise(1), .toneMap(.filmic)])
        #expect(job.outputs.map(\.depth) == [16])
        #expect(job.outputs.first?.background == PictureColor("#102030"))
        #expect(job.backend.kind == .connect(["node:5000"]) && job.backend.insecure)
        #expect(job.report.junit == "r.xml" && job.run.shard == Shard("2/5"))
        try Scratch.with { folder in
            let file = folder.appendingPathComponent("again.yaml")
            try Data(printed.output).write(to: file)
            let again = try Program("render", file.path, "--print-job").run()
            #expect(again.output == printed.output)
        }
    }

    @Test("--denoise and --no-denoise have the last word, but leave a job file's own strength")
    func denoise() throws {
        func develop(_ arguments: String...) throws -> [JobFile.DevelopStep] {
            let printed = try Program(arguments: arguments + ["--print-job"]).run()
            return try JobFile.parse(yaml: printed.outputText).develop
        }
        #expect(try develop("thumbnail", "a.obj", "--denoise") == [.denoise(1), .cleanEdges])
        #expect(try develop("thumbnail", "a.obj", "--no-denoise") == [.cleanEdges])
        try Scratch.with { folder in
            let file = folder.appendingPathComponent("job.yaml").path
            try Data("sources: {paths: [a.obj]}\ndevelop: [{denoise: 0.5}]\n".utf8).write(to: URL(filePath: file))
            #expect(try develop("render", file) == [.denoise(0.5)])
            #expect(try develop("render", file, "--denoise") == [.denoise(0.5)])
            #expect(try develop("render", file, "--no-denoise") == [])
        }
    }

    @Test("without flags the job has the defaults of the contract")
    func defaults() throws {
        let job = try JobFile.parse(yaml: try Program("render", "a.obj", "--print-job").run().outputText)
        var expected = JobFile()
        expected.sources.paths = ["a.obj"]
        expected.outputs = [JobFile.Output(path: "out/{rel}.png")]
        #expect(job == expected)
    }

    @Test("flags win over --set, which wins over the file")
    func precedence() throws {
        try Scratch.with { folder in
            let file = folder.appendingPathComponent("job.yaml")
            try Data("render: {samples: 1, size: 10x10}\nrun: {retries: 9}\n".utf8).write(to: file)
            let result = try Program(
                "render", file.path, "--print-job", "--set", "render.samples=2", "--set", "run.retries=1",
                "--samples", "3"
            ).run()
            let job = try JobFile.parse(yaml: result.outputText)
            #expect(job.render.samples == 3 && job.run.retries == 1)
            #expect(job.render.size == PictureSize(width: 10, height: 10))
        }
    }

    @Test("thumbnails of a folder go below the output folder, one file a size")
    func thumbnails() throws {
        try Scratch.with { folder in
            let result = try Program(
                "thumbnail", folder.path, "-o", "thumbs", "--size", "64,32", "--print-job", "--format", "jpg"
            ).run()
            #expect(result.code == 0, "\(result.talk)")
            let job = try JobFile.parse(yaml: result.outputText)
            #expect(job.sources.root == folder.path && job.sources.paths.isEmpty)
            #expect(job.outputs.map(\.path) == ["thumbs/{rel}.{width}.jpg"])
            #expect(job.outputs.first?.size == [PictureSize(64), PictureSize(32)])
            #expect(job.render.samples == 8 && job.ledger == "thumbs/.darkroom/")
        }
    }
}
