// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures
import Testing

/// Worker and backend are killed at any instant; the next run makes exactly what an undisturbed one makes.
@Suite(.serialized)
struct KillTests {
    /// How often a run is killed; the long tests kill more often.
    static let kills = ProcessInfo.processInfo.environment["DARKROOM_SOAK"] == nil ? 4 : 60

    static let arguments = [
        "render", "knot.ply", "vase.obj", "checker-cube.glb", "--turntable", "4", "--size", "96x72", "--samples", "4",
        "-o", "out/{rel}.{turn}.png", "--jobs", "2", "--progress", "json",
    ]

    @Test("a worker killed again and again ends with the same files as one left in peace")
    func worker() throws {
        let whole = try Self.picturesOfWholeRun()
        try Scratch.with { folder in
            try Self.samples(in: folder)
            for round in 0..<Self.kills {
                let running = try Self.program(in: folder).start(in: folder)
                // Later and later, so that the instant falls on every stage of a run.
                usleep(useconds_t(20_000 + 400_000 * round / Self.kills))
                kill(running.process.processIdentifier, SIGKILL)
                running.process.waitUntilExit()
                try Self.expectWholePictures(in: folder, of: whole)
            }
            let last = try Self.program(in: folder).run()
            #expect(last.code == 0, "\(last.talk.suffix(500))")
            #expect(try Self.pictures(in: folder) == whole)
        }
    }

    @Test("backends killed during a run are replaced, and the pictures are the same")
    func backend() throws {
        let whole = try Self.picturesOfWholeRun()
        try Scratch.with { folder in
            try Self.samples(in: folder)
            var struck = 0
            for round in 0..<Self.kills {
                try? FileManager.default.removeItem(at: folder.appendingPathComponent("out"))
                let running = try Self.program(in: folder).start(in: folder)
                #expect(try running.waitForTalk("\"started\"", within: 60))
                usleep(useconds_t(50_000 * round / Self.kills))
                if let child = Self.children(of: running.process.processIdentifier).first {
                    kill(child, SIGKILL)
                    struck += 1
                }
                let result = try running.result(within: 120)
                if result.code != 0 {
                    // The picture that was being drawn may count as the culprit; asked again, it is made.
                    let again = try Self.program(in: folder, "--retry-failed").run()
                    #expect(again.code == 0, "\(again.talk.suffix(500))")
                }
                #expect(try Self.pictures(in: folder) == whole)
            }
            #expect(struck > 0)
        }
    }

    @Test("a job leaves no trace in the pictures of the next: A, B, A")
    func noTrace() throws {
        func pictures(_ names: [String]) throws -> [String: [UInt8]] {
            try Scratch.with { folder in
                try Self.samples(in: folder)
                var program = Program(
                    arguments: ["render"] + names + [
                        "--size", "80x60", "--samples", "2", "--jobs", "1", "-o", "out/{index}-{rel}.png",
                    ])
                program.folder = folder
                let result = try program.run()
                #expect(result.code == 0, "\(result.talk.suffix(500))")
                return try Self.pictures(in: folder)
            }
        }
        try FileManager.default.createDirectory(at: Self.copies, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: Self.copies) }
        let models = Fixtures.repository.appendingPathComponent("Samples/models")
        for (copy, original) in [("1.ply", "knot.ply"), ("2.glb", "checker-cube.glb"), ("3.ply", "knot.ply")] {
            try FileManager.default.copyItem(
                at: models.appendingPathComponent(original), to: Self.copies.appendingPathComponent(copy))
        }
        let made = try pictures(["1.ply", "2.glb", "3.ply"].map { Self.copies.appendingPathComponent($0).path })
        let pixels = try made.sorted { $0.key < $1.key }.map { try PictureText.withoutText($0.value) }
        try #require(pixels.count == 3)
        #expect(pixels[0] == pixels[2])
        #expect(pixels[0] != pixels[1])
    }

    private static let copies = FileManager.default.temporaryDirectory
        .appendingPathComponent("darkroom-aba-\(UUID().uuidString)")

    private static func program(in folder: URL, _ more: String...) -> Program {
        var program = Program(arguments: arguments + more)
        program.folder = folder
        return program
    }

    private static func samples(in folder: URL) throws {
        let models = Fixtures.repository.appendingPathComponent("Samples/models")
        for name in try FileManager.default.contentsOfDirectory(atPath: models.path) {
            try FileManager.default.copyItem(
                at: models.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
    }

    private static func picturesOfWholeRun() throws -> [String: [UInt8]] {
        try Scratch.with { folder in
            try samples(in: folder)
            let result = try program(in: folder).run()
            #expect(result.code == 0, "\(result.talk.suffix(500))")
            let made = try pictures(in: folder)
            #expect(made.count == 12)
            return try made.mapValues { try PictureText.withoutText($0) }
        }
    }

    /// Every picture that is there by its path, without what its text chunks say of the folder it was made in.
    private static func pictures(in folder: URL) throws -> [String: [UInt8]] {
        let out = folder.appendingPathComponent("out")
        var found: [String: [UInt8]] = [:]
        for path in FileManager.default.subpaths(atPath: out.path) ?? []
        where path.hasSuffix(".png") {
            let bytes = [UInt8](try Data(contentsOf: out.appendingPathComponent(path)))
            found[path] = try PictureText.withoutText(bytes)
        }
        return found
    }

    private static func expectWholePictures(in folder: URL, of whole: [String: [UInt8]]) throws {
        for (path, bytes) in try pictures(in: folder) { #expect(whole[path] == bytes, "\(path)") }
    }

    private static func children(of parent: Int32) -> [Int32] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { Int32($0) }.filter { pid in
            guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let end = stat.lastIndex(of: ")")
            else { return false }
            let fields = stat[end...].split(separator: " ")
            return fields.count > 2 && Int32(fields[2]) == parent
        }
    }
}

/// A PNG's chunks without its text: the fingerprint there names times of the input files.
enum PictureText {
    /// The file was no PNG or ended within a chunk.
    struct Broken: Error {}

    static func withoutText(_ png: [UInt8]) throws -> [UInt8] {
        guard png.count > 8 else { throw Broken() }
        var (kept, at) = (Array(png[..<8]), 8)
        while at + 12 <= png.count {
            let length = png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            guard at + 12 + length <= png.count else { throw Broken() }
            let kind = String(decoding: png[at + 4..<at + 8], as: UTF8.self)
            if kind != "tEXt", kind != "iTXt" { kept += png[at..<at + 12 + length] }
            at += 12 + length
            if kind == "IEND" { return kept }
        }
        throw Broken()
    }
}
