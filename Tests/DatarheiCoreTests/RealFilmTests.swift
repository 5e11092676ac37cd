// SPDX-License-Identifier: Apache-2.0
import CoreFixtures
import DatarheiCore
import Film
import Foundation
import HTTPService
import Testing

/// The recipes with the ffmpeg of this machine, over a real connection.
@Suite(.serialized) struct RealFilmTests {
    static func client(_ address: String) throws -> CoreClient {
        try CoreClient(address, credential: .password(FakeCore.username, Secret(FakeCore.password)))
    }

    static func publisher(
        _ address: String, _ film: Publication.Film, _ way: Publication.Way, format: FrameSequence.Format = .png
    ) throws -> FramePublisher {
        var options = FramePublisher.Options()
        (options.interval, options.patience) = (.milliseconds(50), .seconds(60))
        return FramePublisher(
            try client(address), try PublicationTests.plan(film, way, format: format), options: options)
    }

    @Test(
        "pictures of odd sides become a film with every one of them",
        arguments: [(Publication.Way.disk, "png"), (.mem, "png"), (.disk, "jpg"), (.mem, "jpg")])
    func film(way: Publication.Way, format: String) async throws {
        try await FakeCore.with { core, address in
            try await CoreScratch.with { folder in
                try FilmProbe.makeFrames(7, "161x121", format: format, in: folder)
                let frames = try FrameSequence([folder.path])
                let publisher = try Self.publisher(address, .mp4, way, format: frames.format)
                let film = try await publisher.publish(frames)
                #expect(film.address == "\(address)/turn.mp4" && film.size ?? 0 > 500)
                let place = folder.appendingPathComponent("got.mp4").path
                try await publisher.core.downloadFile("turn.mp4", in: "disk", to: place)
                #expect(try FilmProbe.describe(place) == "h264,162,122,7")
                try await publisher.cleanUp()
                #expect(core.processes.isEmpty && core.memory.isEmpty)
                #expect(core.files == ["/turn.mp4"])
                #expect(core.requests.filter { $0 == "POST /api/login" }.count == 1)
            }
        }
    }

    @Test("a shorter film does not end with pictures of the longer one before it")
    func again() async throws {
        try await FakeCore.with { _, address in
            try await CoreScratch.with { folder in
                try FilmProbe.makeFrames(5, "64x48", format: "png", in: folder)
                var publisher = try Self.publisher(address, .mp4, .disk)
                _ = try await publisher.publish(try FrameSequence([folder.path]))
                var options = publisher.options
                options.replaces = true
                publisher = FramePublisher(publisher.core, publisher.plan, options: options)
                let two = try FrameSequence(Array(try FrameSequence([folder.path]).paths.prefix(2)))
                _ = try await publisher.publish(two)
                let place = folder.appendingPathComponent("got.mp4").path
                try await publisher.core.downloadFile("turn.mp4", in: "disk", to: place)
                #expect(try FilmProbe.describe(place) == "h264,64,48,2")
            }
        }
    }

    @Test("pictures that are none fail with what ffmpeg says of them", arguments: [Publication.Way.disk, .mem])
    func garbage(way: Publication.Way) async throws {
        try await FakeCore.with { _, address in
            try await CoreScratch.with { folder in
                let path = try CoreScratch.write([UInt8](repeating: 7, count: 5000), "f.png", in: folder)
                let publisher = try Self.publisher(address, .mp4, way)
                let error = await #expect(throws: PublishError.self) {
                    try await publisher.publish(try FrameSequence([path]))
                }
                #expect(error?.code == .failed && error?.log.isEmpty == false)
                #expect("\(error?.log ?? [])\(error?.message ?? "")".contains("memfs-secret") == false)
            }
        }
    }

    @Test("a stream plays, and nothing of it is left", arguments: Publication.Way.allCases)
    func stream(way: Publication.Way) async throws {
        try await FakeCore.with { core, address in
            try await CoreScratch.with { folder in
                try FilmProbe.makeFrames(12, "64x48", format: "png", in: folder)
                let frames = try FrameSequence([folder.path])
                let publisher = try Self.publisher(address, .hls, way)
                let player = Task {
                    guard way == .picture else { return }
                    try await Task.sleep(for: .milliseconds(300))
                    try await publisher.play(frames, for: .seconds(30))
                }
                let film = try await publisher.publish(frames)
                #expect(film.address == "\(address)/memfs/turn/index.m3u8" && film.size == nil)
                let playlist = try await publisher.core.file("turn/index.m3u8", in: "mem").body.collect(upTo: 10_000)
                #expect(String(decoding: playlist, as: UTF8.self).contains("seg_00000.ts"))
                player.cancel()
                _ = try? await player.value
                try await publisher.cleanUp()
                #expect(core.processes.isEmpty && core.memory.isEmpty && core.files.isEmpty)
            }
        }
    }
}

/// The programs ffmpeg and ffprobe, as makers and judges.
enum FilmProbe {
    /// Makes pictures of a moving pattern.
    static func makeFrames(_ count: Int, _ size: String, format: String, in folder: URL) throws {
        _ = try run(
            "/usr/bin/ffmpeg",
            [
                "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=\(size):rate=25", "-frames:v",
                "\(count)", folder.appendingPathComponent("f%d.\(format)").path,
            ])
    }

    /// Codec, width, height and number of frames of a film.
    static func describe(_ path: String) throws -> String {
        try run(
            "/usr/bin/ffprobe",
            [
                "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries",
                "stream=codec_name,width,height,nb_read_frames", "-of", "csv=p=0", path,
            ])
    }

    struct Failure: Error { var text: String }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        (process.standardOutput, process.standardInput) = (output, FileHandle.nullDevice)
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: "\(program) \(arguments)") }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
