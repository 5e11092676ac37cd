// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import Synchronization
import Testing

@testable import Jobs

@Suite struct DesktopThumbnailTests {
    private func cache(_ place: Workplace) throws -> DesktopCache {
        try DesktopCache(
            environment: ["XDG_CACHE_HOME": place.path("cache"), "XDG_STATE_HOME": place.path("state")], version: "1")
    }

    private func job(_ place: Workplace, _ sizes: [DesktopThumbnail.Size]) throws -> JobFile {
        let cache = try cache(place)
        return place.job { job in
            job.outputs = cache.outputs(sizes)
            job.render.size = nil
            job.ledger = cache.ledger
        }
    }

    /// What `stat` calls the permissions.
    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    private func text(_ path: String) throws -> [String: String] {
        let entries = try PNGText.read(from: try FileSystem.read(path))
        return Dictionary(entries.map { ($0.keyword, $0.text) }) { first, _ in first }
    }

    @Test(
        "a file's URI is written as GLib writes it",
        arguments: [
            ("/home/jens/photos/me.png", "file:///home/jens/photos/me.png"), ("/a b/c", "file:///a%20b/c"),
            ("/a/./b/../c", "file:///a/c"), ("/\u{e9}", "file:///%C3%A9"), ("/a;b?c#d%", "file:///a%3Bb%3Fc%23d%25"),
            ("/!$&'()*+,-.:=@_~", "file:///!$&'()*+,-.:=@_~"),
            ("/[x]{y}|^\"<>\\`", "file:///%5Bx%5D%7By%7D%7C%5E%22%3C%3E%5C%60"),
        ]) func uris(path: String, uri: String)
    {
        #expect(DesktopThumbnail.uri(of: path) == uri)
    }

    @Test("the name is that of the specification's example") func name() {
        #expect(DesktopThumbnail.name(of: "/home/jens/photos/me.png") == "c6ee772d9e49320e97ec29a7eb5b1697")
        #expect(DesktopThumbnail.uri(of: "a.obj").hasSuffix("/a.obj"))
    }

    @Test("the folder is where the environment says, else below the home") func folders() throws {
        let home = try DesktopCache(environment: ["HOME": "/home/me"], version: "1")
        #expect(home.folder == "/home/me/.cache/thumbnails")
        #expect(home.ledger == "/home/me/.local/state/darkroom/thumbnails/")
        let relative = try DesktopCache(
            environment: ["HOME": "/h", "XDG_CACHE_HOME": "c", "XDG_STATE_HOME": "/s"], version: "1")
        #expect(relative.folder == "/h/.cache/thumbnails" && relative.ledger == "/s/darkroom/thumbnails/")
        #expect { try DesktopCache(environment: [:], version: "1") } throws: {
            ($0 as? JobError)?.code == .environment && "\($0)".contains("XDG_CACHE_HOME")
        }
    }

    @Test("thumbnails of every size stand where file managers look, private, with URI and time inside")
    func pictures() async throws {
        let place = try Workplace(models: ["a b.obj"])
        let summary = try await place.run(try job(place, DesktopThumbnail.Size.allCases))
        #expect(summary.counts == [.done: 1])
        let model = place.path("models/a b.obj")
        let status = try #require(FileSystem.status(model))
        for size in DesktopThumbnail.Size.allCases {
            let folder = place.path("cache/thumbnails/\(size.rawValue)")
            let file = "\(folder)/\(DesktopThumbnail.name(of: model)).png"
            let header = try ImageDecoder.header(of: try FileSystem.read(file))
            #expect(max(header.width, header.height) == size.pixels)
            #expect(try [mode(file), mode(folder)] == [0o600, 0o700])
            let text = try text(file)
            #expect(text["Thumb::URI"] == DesktopThumbnail.uri(of: model))
            #expect(text["Thumb::MTime"] == String(status.modified / 1_000_000_000))
            #expect(text["Thumb::Size"] == String(status.size))
        }
        #expect(try await place.run(try job(place, DesktopThumbnail.Size.allCases)).counts == [.unchanged: 1])
    }

    @Test("other pictures hold no URI and stay readable for all") func others() async throws {
        let place = try Workplace(models: ["a.obj"])
        try await place.run()
        let file = place.path("out/a.obj.png")
        let (text, mode) = (try text(file), try mode(file))
        #expect(text["Thumb::URI"] == nil && mode & 0o044 == 0o044)
    }

    @Test("what cannot be drawn is noted, and the note goes once it can") func failures() async throws {
        let place = try Workplace(models: ["bad.obj", "good.obj"])
        let cache = try cache(place)
        let job = try job(place, [.normal])
        let stage = StandInStage(["bad.obj": .isEmpty])
        let (bad, good) = (
            cache.failure(of: place.path("models/bad.obj")), cache.failure(of: place.path("models/good.obj"))
        )
        let log = EventLog()
        let provider = StandInProvider(stage: stage)
        let first = await JobRunner(
            plan: try JobPlan(job), provider: provider, progress: DesktopFailures(cache, next: log)
        ).run()
        #expect(first.counts == [.done: 1, .emptyFrame: 1] && log.events.withLock { !$0.isEmpty })
        #expect(try text(bad)["Thumb::URI"] == DesktopThumbnail.uri(of: place.path("models/bad.obj")))
        #expect(try mode(bad) == 0o600 && FileSystem.status(good) == nil)
        try place.write("models/bad.obj", "mended, and longer")
        let second = await JobRunner(
            plan: try JobPlan(job), provider: StandInProvider(stage: StandInStage()),
            progress: DesktopFailures(cache, next: log)
        ).run()
        #expect(second.counts == [.done: 1, .unchanged: 1] && FileSystem.status(bad) == nil)
    }

    @Test(
        "a JPEG or a deep picture is no thumbnail for file managers",
        arguments: ["path: a.jpg", "path: a.png, depth: 16"])
    func formats(output: String) {
        #expect { try JobFile.parse(yaml: "outputs: [{\(output), desktop: true}]") } throws: {
            "\($0)".contains("a desktop thumbnail is a PNG of 8 bits")
        }
    }
}
