// SPDX-License-Identifier: Apache-2.0
import CoreFixtures
import Foundation
import Testing

/// `darkroom publish` and `render --publish` against a Core of a few lines that runs the real ffmpeg.
@Suite(.serialized) struct PublishTests {
    /// The program with the Core's password where it belongs.
    static func program(_ arguments: [String], password: String = FakeCore.password) -> Program {
        var program = Program(arguments: arguments)
        program.environment = ProcessInfo.processInfo.environment.merging(
            ["DARKROOM_CORE_USER": FakeCore.username, "DARKROOM_CORE_PASSWORD": password]) { $1 }
        return program
    }

    /// Runs the program while the Core answers from this process.
    static func run(_ arguments: [String], password: String = FakeCore.password) async throws -> Program.Result {
        let program = program(arguments, password: password)
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try program.run() }) }
        }
    }

    /// Draws a few small pictures of a triangle into a folder.
    static func drawFrames(_ count: Int, in folder: URL) async throws -> String {
        let model = try model(in: folder)
        let frames = folder.appendingPathComponent("frames").path
        let result = try await run([
            "render", model, "--turntable", "\(count)", "--size", "63x47", "-o", "\(frames)/{frame}.png",
        ])
        try #require(result.code == 0, "\(result.talk)")
        return frames
    }

    static func model(in folder: URL) throws -> String {
        let file = folder.appendingPathComponent("a.obj")
        try Data("v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\nf 1 2 4\nf 1 3 4\n".utf8).write(to: file)
        return file.path
    }

    static func scratch(_ body: (FakeCore, String, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "darkroom-publish-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await FakeCore.with { core, address in try await body(core, address, folder) }
    }

    @Test("a folder of pictures becomes a film whose address is all that is printed", arguments: ["disk", "mem"])
    func film(way: String) async throws {
        try await Self.scratch { core, address, folder in
            let frames = try await Self.drawFrames(5, in: folder)
            let film = folder.appendingPathComponent("film.mp4")
            let result = try await Self.run([
                "publish", frames, "--core", address, "--via", way, "--id", "turn", "--cleanup", "-o", film.path,
            ])
            #expect(result.code == 0, "\(result.talk)")
            #expect(result.outputText == "\(address)/turn.mp4\n")
            #expect(result.talk.contains(#""event":"encoded","frame":5"#))
            #expect(try Data(contentsOf: film).dropFirst(4).prefix(4) == Data("ftyp".utf8))
            #expect(core.files == ["/turn.mp4"] && core.memory.isEmpty && core.processes.isEmpty)
        }
    }

    @Test("a stream with --cleanup plays for as long as was said, and leaves nothing", arguments: ["disk", "picture"])
    func stream(way: String) async throws {
        try await Self.scratch { core, address, folder in
            let frames = try await Self.drawFrames(4, in: folder)
            let result = try await Self.run([
                "publish", frames, "--core", address, "--as", "hls", "--via", way, "--cleanup", "--for", "4s", "--fps",
                "8",
            ])
            #expect(result.code == 0, "\(result.talk)")
            #expect(result.outputText == "\(address)/memfs/frames/index.m3u8\n")
            #expect(core.processes.isEmpty && core.memory.isEmpty && core.files.isEmpty)
        }
    }

    @Test("pictures of a run are sent as they are made, and become a film in their order", arguments: ["disk", "mem"])
    func render(way: String) async throws {
        try await Self.scratch { core, address, folder in
            let arguments = [
                "render", try Self.model(in: folder), "--turntable", "6", "--size", "64x48", "--background", "white",
                "-o", "\(folder.path)/out/{frame}.png", "--publish", address, "--via", way, "--id", "run",
            ]
            let result = try await Self.run(arguments)
            #expect(result.code == 0, "\(result.talk)")
            #expect(result.outputText == "\(address)/run.mp4\n")
            if way == "disk" {
                // Pictures came before the process did, each once.
                let requests = core.requests
                let frames = requests.filter { $0.hasPrefix("PUT /api/v3/fs/disk/darkroom/run/frame_") }
                #expect(frames.count == 6 && Set(frames).count == 6)
            }
            // A second run draws nothing and makes the film anew, where it may.
            let taken = try await Self.run(arguments)
            #expect(taken.code == 69 && taken.talk.contains("--replace") == false && taken.talk.contains("run"))
            let again = try await Self.run(arguments + ["--replace", "--cleanup"])
            #expect(again.code == 0, "\(again.talk)")
            #expect(core.processes.isEmpty && core.files == ["/run.mp4"])
        }
    }

    @Test("what ffmpeg said is shown when it fails, and nothing is left")
    func failure() async throws {
        try await Self.scratch { core, address, folder in
            let file = folder.appendingPathComponent("f1.png")
            try Data(repeating: 7, count: 5000).write(to: file)
            let result = try await Self.run(["publish", file.path, "--core", address, "--id", "bad", "--cleanup"])
            #expect(result.code == 69)
            #expect(result.talk.contains("darkroom: ffmpeg: ") && result.talk.contains("Process bad"))
            #expect(result.output.isEmpty)
            #expect(core.processes.isEmpty && core.files.isEmpty)
        }
    }

    @Test(
        "each kind of failure has its code",
        arguments: [("password", 69), ("nobody", 69), ("empty", 65), ("remote", 64)])
    func codes(kind: String, code: Int32) async throws {
        try await Self.scratch { _, address, folder in
            let file = folder.appendingPathComponent("f1.png")
            try Data(repeating: 7, count: kind == "empty" ? 0 : 10).write(to: file)
            let core = ["nobody": "http://127.0.0.1:9", "remote": "http://core.example"][kind] ?? address
            let result = try await Self.run(
                ["publish", file.path, "--core", core, "--core-retries", "0"],
                password: kind == "password" ? "wrong" : FakeCore.password)
            #expect(result.code == code, "\(result.talk)")
            #expect(result.talk.hasPrefix("darkroom: ") && !result.talk.contains("wrong "))
        }
    }
}
