// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Codecs
import Foundation
import HTTPFixtures
import HTTPService
import ImageCore
import JSONRPC
import TestFixtures
import Testing

/// `darkroom thumbnail --conversions` against `darkroom serve --remote-rendering`, both as users run them.
@Suite struct ThumbnailConversionsTests {
    private func arguments(_ service: ServiceProgram) -> [String] {
        [
            "thumbnail", "--conversions", "--size", "64,32", "--samples", "1", "--progress", "json",
            "--container", "\(ServiceProgram.input)=\(service.folder.path)/in",
            "--container", "\(ServiceProgram.output)=\(service.folder.path)/out",
        ]
    }

    /// What became of each conversion, by its title, as the run told it.
    private func results(_ talk: String) throws -> [String: String] {
        var results: [String: String] = [:]
        for line in talk.split(separator: "\n") where line.hasPrefix("{") {
            let event = try JSONValue(parsing: String(line))
            guard event["event"] == "finished", let item = event["item"]?.stringValue else { continue }
            results[item] = event["result"]?.stringValue
        }
        return results
    }

    @Test("pictures go beside every converted asset, once; what failed is told with its reason")
    func oneOff() throws {
        let talk = try ServiceProgram.with { service in
            let command = service.program(arguments(service))
            let none = try command.run()
            #expect(none.code == 0 && none.output.isEmpty, "\(none.talk)")
            for (name, id) in [("box.ply", "c1"), ("gone.ply", "c2")] {
                try Data(ServiceProgram.cloud.utf8).write(
                    to: service.folder.appendingPathComponent("in/models/\(name)"))
                try service.convert(name, id: id)
            }
            let lost = service.folder.appendingPathComponent("in/models/gone.ply")
            try FileManager.default.removeItem(at: lost)
            let first = try command.run()
            #expect(first.code == 1, "\(first.talk)")
            #expect(try results(first.talk) == ["c1 (made/box.arrAsset)": "done", "c2 (made/gone.arrAsset)": "failed"])
            #expect(first.talk.contains("models/gone.ply is no longer there"))
            for (name, side) in [("box.64", 64), ("box.32", 32)] {
                let file = service.folder.appendingPathComponent("out/made/\(name).png")
                #expect(try ImageDecoder.decode([UInt8](Data(contentsOf: file))).width == side)
            }
            try Data(ServiceProgram.cloud.utf8).write(to: lost)
            let second = try command.run()
            #expect(second.code == 0 && second.output.isEmpty)
            #expect(
                try results(second.talk) == ["c1 (made/box.arrAsset)": "unchanged", "c2 (made/gone.arrAsset)": "done"])
            // The picture of what became of it, of one conversion alone.
            try FileManager.default.copyItem(
                at: Fixtures.repository.appendingPathComponent("Samples/models/checker-cube.glb"),
                to: service.folder.appendingPathComponent("in/models/cube.glb"))
            try service.convert("cube.glb", id: "c3")
            let report = service.folder.appendingPathComponent("report.json").path
            var one = service.program(arguments(service) + ["c3", "--of", "converted", "--report", "json=\(report)"])
            #expect(try results(one.run().talk) == ["c3 (made/cube.arrAsset)": "done"])
            let told = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(fileURLWithPath: report))))
            #expect(told["items"]?.arrayValue?.count == 1)
            one.arguments += ["none"]
            let absent = try one.run()
            #expect(absent.code == 69 && absent.talk.contains("404"))
            for text in [first.talk, second.talk, absent.talk] { #expect(!text.contains("planted")) }
        }
        #expect(!talk.contains("planted"))
    }

    @Test("a watch draws what succeeds while it runs, and ends well when it is told to", arguments: [SIGINT, SIGTERM])
    func watch(signal: Int32) throws {
        try ServiceProgram.with { service in
            try service.convert("box.ply", id: "c1")
            let watching = ["--watch", "--settle", "50ms", "--poll", "200ms"]
            let running = try service.program(arguments(service) + watching).start(
                in: service.folder.appendingPathComponent("service/.."))
            defer { if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) } }
            #expect(try running.waitForTalk("c1 (made", within: 60))
            try service.convert("box.ply", id: "c2", prefix: "later")
            #expect(try running.waitForTalk("c2 (later", within: 60))
            kill(running.process.processIdentifier, signal)
            let ended = try running.result(within: 30)
            #expect(ended.code == 0, "\(ended.talk)")
            #expect(
                try results(ended.talk) == ["c1 (made/box.arrAsset)": "done", "c2 (later/box.arrAsset)": "done"])
            for name in ["made/box.64.png", "made/box.32.png", "later/box.64.png"] {
                #expect(FileManager.default.fileExists(atPath: service.folder.path + "/out/\(name)"))
            }
        }
    }

    @Test("a watch ends at its deadline, and a service that is away is asked again")
    func deadline() throws {
        var program = Program(
            "thumbnail", "--conversions", "--endpoint", "http://127.0.0.1:9", "--container", "https://a.example/in=.",
            "--watch", "--poll", "1s", "--deadline", "1s", "--log-level", "notice")
        program.environment = [
            "PATH": "/usr/bin:/bin", "AZURE_REMOTE_RENDERING_ACCOUNT_ID": "a",
            "AZURE_REMOTE_RENDERING_ACCOUNT_KEY": "planted-key",
        ]
        let result = try program.run(within: 60)
        #expect(result.code == 0 && !result.talk.contains("planted-key"), "\(result.talk)")
        program.arguments.removeLast(7)
        let once = try program.run(within: 60)
        #expect(once.code == 69 && once.talk.contains("127.0.0.1:9"), "\(once.talk)")
    }

    @Test("in Blob storage, pictures go beside assets by SAS or by the account's key", arguments: ["sas", "key"])
    func blobs(way: String) async throws {
        func sas(_ permissions: String) throws -> String {
            var sas = BlobSAS(.container, permissions: permissions, expires: Date(timeIntervalSince1970: 4e9))
            sas.requiresTLS = false
            return try sas.signed(
                account: BlobServer.account, container: BlobServer.container, key: Secret(BlobServer.key)
            ).reveal()
        }
        let environment =
            way == "key"
            ? ["AZURE_STORAGE_KEY": BlobServer.key]
            : ["DARKROOM_INPUT_SAS": try sas("rl"), "DARKROOM_OUTPUT_SAS": "?" + (try sas("rcw"))]
        let (read, write) = (try sas("rl"), try sas("cw"))
        try await BlobServer.with { storage, container in
            storage.put("models/box.ply", Array(ServiceProgram.cloud.utf8))
            // The server needs this task's thread while the programs run.
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                Thread.detachNewThread {
                    continuation.resume(
                        with: Result {
                            try ServiceProgram.with(["--blob-host", "127.0.0.1"]) { service in
                                let convert = service.program(
                                    [
                                        "remote", "convert", "box.ply", "--id", "c1", "--input", container,
                                        "--input-prefix", "models", "--output", container, "--output-prefix", "made",
                                        "--interval", "50ms",
                                    ], ["DARKROOM_INPUT_SAS": read, "DARKROOM_OUTPUT_SAS": write])
                                #expect(try convert.run().code == 0)
                                let command = service.program(
                                    [
                                        "thumbnail", "--conversions", "--size", "64", "--progress", "json",
                                        "--container", container, "--storage-auth", way,
                                    ], environment)
                                for result in ["done", "unchanged"] {
                                    let run = try command.run()
                                    #expect(run.code == 0, "\(run.talk)")
                                    #expect(try results(run.talk) == ["c1 (made/box.arrAsset)": result])
                                    #expect(!run.talk.contains("sig=") && !run.talk.contains(BlobServer.key))
                                }
                                let blind = try service.program(
                                    ["thumbnail", "--conversions", "--container", container, "--progress", "json"],
                                    ["DARKROOM_INPUT_SAS": "", "DARKROOM_OUTPUT_SAS": ""]
                                ).run()
                                #expect(blind.code == 69 && blind.talk.contains("403"), "\(blind.talk)")
                            }
                        })
                }
            }
            let picture = storage.blobs["made/box.png"]
            #expect(picture?.contentType == "image/png")
            #expect(try ImageDecoder.decode(picture?.bytes ?? []).width == 64)
        }
    }

    @Test(
        "what cannot go together is said before anything is asked",
        arguments: [
            (["--conversions"], "--container"), (["--conversions", "--container", "in"], "address"),
            (["--conversions", "--container", "https://a.example/c", "-o", "x"], "--output"),
            (["--conversions", "--container", "https://a.example/c", "--format", "jpg"], "PNG"),
            (["--conversions", "--container", "https://a.example/c"], "--endpoint"),
            (["--conversions", "--container", "https://a.example/c", "--watch", "c1"], "ids"),
            (["models", "--settle", "1s", "-o", "x"], "--watch"), (["models", "--watch"], "--output"),
            (["models", "-o", "x", "--watch", "--sheet", "s.png"], "--sheet"),
        ] as [([String], String)])
    func usage(arguments: [String], words: String) throws {
        var program = Program(arguments: ["thumbnail"] + arguments)
        program.environment = ["PATH": "/usr/bin:/bin"]
        let result = try program.run()
        #expect(result.code == 64 && result.talk.contains(words), "\(result.talk)")
    }

    @Test("a folder is watched: what comes and changes is drawn, a broken model is told once")
    func folders() throws {
        try Scratch.with { folder in
            let models = folder.appendingPathComponent("models")
            try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
            try Data(ServiceProgram.cloud.utf8).write(to: models.appendingPathComponent("a.ply"))
            let program = Program(
                "thumbnail", models.path, "-o", folder.appendingPathComponent("thumbs").path, "--size", "32",
                "--samples", "1", "--watch", "--settle", "100ms", "--poll", "1h", "--progress", "json")
            let running = try program.start(in: folder)
            defer { if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) } }
            #expect(try running.waitForTalk("\"item\":\"a.ply\"", within: 60))
            let below = models.appendingPathComponent("below")
            try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
            try Data("no model".utf8).write(to: below.appendingPathComponent("broken.ply"))
            #expect(try running.waitForTalk("\"item\":\"below/broken.ply\"", within: 60))
            let picture = folder.appendingPathComponent("thumbs/below/broken.ply.png")
            #expect(!FileManager.default.fileExists(atPath: picture.path))
            try Data(ServiceProgram.cloud.utf8).write(to: below.appendingPathComponent("broken.ply"))
            let end = Date(timeIntervalSinceNow: 60)
            while Date() < end, !FileManager.default.fileExists(atPath: picture.path) { usleep(20_000) }
            #expect(FileManager.default.fileExists(atPath: picture.path))
            #expect(FileManager.default.fileExists(atPath: folder.path + "/thumbs/a.ply.png"))
            // The file is there a little before its item has ended.
            #expect(try running.waitForTalk("thumbs/below/broken.ply.png", within: 60))
            kill(running.process.processIdentifier, SIGTERM)
            let ended = try running.result(within: 30)
            #expect([0, 75].contains(ended.code), "\(ended.talk)")
            #expect(try results(ended.talk)["below/broken.ply"] == "done")
        }
    }
}
