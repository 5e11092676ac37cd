// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import JSONRPC
import TestFixtures
import Testing

@Suite(.serialized) struct RenderTests {
    static let cube = """
        OFF
        8 6 0
        0 0 0\n1 0 0\n1 1 0\n0 1 0\n0 0 1\n1 0 1\n1 1 1\n0 1 1
        4 0 3 2 1\n4 4 5 6 7\n4 0 1 5 4\n4 2 3 7 6\n4 1 2 6 5\n4 0 4 7 3

        """

    /// A folder with good models and what else is given.
    static func models(_ names: [String], in folder: URL, others: [String: String] = [:]) throws {
        for name in names { try Data(cube.utf8).write(to: folder.appendingPathComponent(name)) }
        for (name, text) in others { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    }

    static func lines(_ talk: String) -> [JSONValue] {
        talk.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
    }

    @Test("-o - puts one whole PNG on standard output and nothing else, with nothing in the environment")
    func standardOutput() throws {
        try Scratch.with { folder in
            try Self.models(["cube.off"], in: folder)
            var program = Program(
                "thumbnail", "cube.off", "-o", "-", "--size", "64", "--samples", "1", "--progress", "none")
            program.environment = [:]
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 0, "\(result.talk)")
            let picture = try ImageDecoder.decode(result.output)
            #expect(picture.width == 64 && picture.height == 64)
            #expect((0.1...0.9).contains(picture.statistics().alphaCoverage))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left == ["cube.off"])
        }
    }

    @Test("a file that is there already takes one picture whatever its name, and nothing is left beside it")
    func fileOfADesktop() throws {
        try Scratch.with { folder in
            try Self.models(["cube.off", "other.off"], in: folder, others: [".thumbnail.X7a": ""])
            var program = Program(
                "thumbnail", "cube.off", "-o", ".thumbnail.X7a", "--size", "48", "--samples", "1", "--no-resume")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 0, "\(result.talk)")
            let picture = try ImageDecoder.decode([UInt8](Data(contentsOf: folder.appending(path: ".thumbnail.X7a"))))
            #expect(picture.width == 48)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(left == [".thumbnail.X7a", "cube.off", "other.off"])
            program.arguments.insert("other.off", at: 1)
            let refused = try program.run()
            #expect(refused.code == 64 && refused.talk.contains(".thumbnail.X7a takes exactly one picture"))
        }
    }

    @Test("-o - with more than one picture is a usage error")
    func tooMany() throws {
        try Scratch.with { folder in
            try Self.models(["a.off", "b.off"], in: folder)
            var program = Program("thumbnail", "a.off", "b.off", "-o", "-")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 64 && result.output.isEmpty)
            #expect(result.talk.contains("exactly one picture"))
        }
    }

    @Test("a broken model among good ones fails alone: code 1, the others done, standard output clean")
    func partial() throws {
        try Scratch.with { folder in
            try Self.models(["a.off", "c.off"], in: folder, others: ["b.off": "OFF\n3 1 0\n0 0"])
            var program = Program(
                "thumbnail", "a.off", "b.off", "c.off", "-o", "thumbs", "--size", "32", "--samples", "1",
                "--progress", "json")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 1, "\(result.talk)")
            #expect(result.output.isEmpty)
            let ends = Self.lines(result.talk).filter { $0["event"] == "finished" }
            #expect(ends.count == 3)
            let failed = ends.filter { $0["result"] != "done" }
            #expect(failed.compactMap { $0["source"]?.stringValue } == ["b.off"])
            #expect(failed.first?["cause"]?.stringValue?.contains("b.off") == true)
            let thumbs = folder.appendingPathComponent("thumbs")
            let files = try FileManager.default.contentsOfDirectory(atPath: thumbs.path).filter { !$0.hasPrefix(".") }
            #expect(files.sorted() == ["a.off.png", "c.off.png"])
        }
    }

    @Test("a second run draws nothing")
    func resume() throws {
        try Scratch.with { folder in
            try Self.models(["a.off"], in: folder)
            var program = Program("render", "a.off", "--size", "32", "--samples", "1", "--progress", "json")
            program.folder = folder
            #expect(try program.run().code == 0)
            let second = try program.run()
            #expect(second.code == 0, "\(second.talk)")
            let planned = try #require(Self.lines(second.talk).first { $0["event"] == "planned" })
            #expect(planned["items"] == 1 && planned["pending"] == 0)
            program.arguments.append("--force")
            let forced = try #require(Self.lines(try program.run().talk).first { $0["event"] == "planned" })
            #expect(forced["pending"] == 1)
        }
    }

    @Test("--dry-run prints the files and draws none")
    func dryRun() throws {
        try Scratch.with { folder in
            try Self.models(["a.off"], in: folder)
            var program = Program("render", "a.off", "--view", "iso,top", "--dry-run")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 0)
            let files = result.outputText.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
            #expect(files == ["out/a.off.iso.png", "out/a.off.top.png"])
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("out").path))
        }
    }

    @Test("models that are not there are the input's fault, named")
    func missingModel() throws {
        let result = try Program("render", "no/such/model.obj").run()
        #expect(result.code == 65)
        #expect(result.talk.contains("no/such/model.obj"))
    }

    @Test("an output that cannot be written is the environment's fault, named")
    func unwritable() throws {
        try Scratch.with { folder in
            try Self.models(["a.off"], in: folder, others: ["blocked": ""])
            var program = Program(
                "render", "a.off", "-o", "blocked/a.png", "--size", "32", "--samples", "1", "--progress", "none")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 71, "\(result.talk)")
            #expect(result.talk.contains("blocked"))
        }
    }

    @Test("a server that is not there is the remote's fault, named")
    func absentServer() throws {
        try Scratch.with { folder in
            try Self.models(["a.off"], in: folder)
            var program = Program("render", "a.off", "--backend", "127.0.0.1:1", "--progress", "none")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 69, "\(result.talk)")
            #expect(result.talk.contains("127.0.0.1:1"))
        }
    }

    @Test("how frames come, and why, stands among the run's own lines", arguments: [("info", true), ("notice", false)])
    func captureIsExplained(level: String, isTold: Bool) throws {
        try Scratch.with { folder in
            try Self.models(["a.off"], in: folder)
            var program = Program(
                "render", "a.off", "--size", "64", "--samples", "1", "--progress", "json", "--log-level", level)
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 0, "\(result.talk)")
            let lines = Self.lines(result.talk)
            #expect(lines.count == result.talk.split(separator: "\n").count)
            let notes = lines.compactMap { $0["text"]?.stringValue }
            #expect(notes.contains { $0.contains("by render-image: it is ours alone") } == isTold, "\(notes)")
        }
    }

    @Test("SIGTERM ends a run within 20 s with the code for 'run me again', without half a file")
    func interrupt() throws {
        try Scratch.with { folder in
            try Self.models(["a.off"], in: folder)
            var program = Program(
                "render", "a.off", "--turntable", "500", "--size", "1024x1024", "--samples", "64", "--progress", "json")
            program.folder = folder
            let running = try program.start(in: folder)
            #expect(try running.waitForTalk("\"started\"", within: 60))
            let start = Date()
            kill(running.process.processIdentifier, SIGTERM)
            let result = try running.result(within: 60)
            #expect(Date().timeIntervalSince(start) < 20)
            #expect(result.code == 75, "\(result.talk.suffix(500))")
            let out = folder.appendingPathComponent("out").path
            for name in (try? FileManager.default.contentsOfDirectory(atPath: out)) ?? [] {
                let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: out).appendingPathComponent(name)))
                #expect(throws: Never.self) { _ = try ImageDecoder.header(of: bytes) }
                #expect(name.hasSuffix(".png"))
            }
        }
    }

    @Test("a reader that leaves early is an error of the environment, not a crash")
    func closedReader() throws {
        try Scratch.with { folder in
            try Self.models(["a.off"], in: folder)
            let program = try #require(Program.built?.path)
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.currentDirectoryURL = folder
            shell.arguments = [
                "-c",
                "{ '\(program)' thumbnail a.off -o - --size 64 --samples 1 2>talk; echo $? >code; } | true",
            ]
            try shell.run()
            shell.waitUntilExit()
            let code = try String(contentsOf: folder.appendingPathComponent("code"), encoding: .utf8)
            #expect(code == "71\n")
        }
    }
}
