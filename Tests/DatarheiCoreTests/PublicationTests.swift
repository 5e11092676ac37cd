// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Film
import Foundation
import Testing

@Suite struct PublicationTests {
    static func plan(
        _ film: Publication.Film, _ way: Publication.Way, format: FrameSequence.Format = .png, fps: Double = 12
    ) throws(PublishError) -> Publication {
        try Publication(
            id: "turn", film: film, way: way, format: format,
            encoding: FilmEncoding(fps: fps, codec: "libx264", preset: "ultrafast"))
    }

    @Test("a film of images on the disk is read by their numbers, written over what is there, and ends")
    func diskFilm() throws {
        let process = try Self.plan(.mp4, .disk).process
        #expect(process.input?[0].address == "{diskfs}/darkroom/turn/frame_%06d.png")
        #expect(process.input?[0].options == ["-f", "image2", "-framerate", "12", "-start_number", "1"])
        #expect(process.output?[0].address == "{diskfs}/turn.mp4")
        #expect(process.options?.contains("-y") == true && process.reconnect == false && process.autostart == true)
    }

    @Test(
        "pictures in memory are one stream of one file",
        arguments: [(FrameSequence.Format.png, "png_pipe"), (.jpeg, "jpeg_pipe")])
    func memory(format: FrameSequence.Format, reader: String) throws {
        let plan = try Self.plan(.mp4, .mem, format: format)
        #expect(plan.process.input?[0].address == "{memfs}/darkroom/turn/all.\(format.rawValue)")
        #expect(plan.process.input?[0].options == ["-f", reader, "-framerate", "12"])
        #expect(plan.frameStorage == "mem" && plan.filmStorage == "disk")
    }

    @Test(
        "a live stream goes at its own pace, loops, begins again and leaves nothing",
        arguments: Publication.Way.allCases)
    func live(way: Publication.Way) throws {
        let process = try Self.plan(.hls, way).process
        let options = process.input?[0].options ?? []
        #expect(options.first == "-re" && options.contains("-loop"))
        #expect(options.contains("-probesize") == (way == .picture))
        #expect(options.contains("-stream_loop") == (way == .picture))
        #expect(process.reconnect == true && process.staleTimeoutSeconds == 30)
        #expect(process.output?[0].cleanup == [.init(pattern: "mem:/turn/**", purgeOnDelete: true)])
        #expect(process.output?[0].options?.contains("24") == true)
    }

    @Test(
        "numbers of pictures sort as their names do",
        arguments: [(1, "000001"), (999_999, "999999"), (1_000_000, "1000000")])
    func numbers(number: Int, digits: String) throws {
        #expect(try Self.plan(.mp4, .disk).framePath(number) == "/darkroom/turn/frame_\(digits).png")
        #expect(try Self.plan(.hls, .picture).framePath(number) == "/darkroom/turn/latest.png")
    }

    @Test(
        "an id has to stand in addresses and patterns",
        arguments: ["", "a b", "a/b", "..", "a%d", "ä", String(repeating: "x", count: 101)])
    func ids(id: String) {
        let error = #expect(throws: PublishError.self) {
            try Publication(id: id, film: .mp4, way: .disk, format: .png, encoding: FilmEncoding(fps: 25))
        }
        #expect(error?.code == .badSettings)
    }

    @Test("a single picture makes no film with an end, and a film needs time to pass")
    func impossible() {
        #expect(throws: PublishError.self) { try Self.plan(.mp4, .picture) }
        for fps in [0, -1, .nan, .infinity, 1e6] {
            #expect(throws: PublishError.self) { try Self.plan(.mp4, .disk, fps: fps) }
        }
    }

    @Test("pictures of a folder come in the order of the numbers in their names")
    func folders() async throws {
        try await CoreScratch.with { folder in
            for name in ["f10.png", "f9.png", ".hidden.png", "notes.txt", "f1.PNG"] {
                _ = try CoreScratch.write([1], name, in: folder)
            }
            let frames = try FrameSequence([folder.path])
            #expect(frames.paths.map { URL(fileURLWithPath: $0).lastPathComponent } == ["f1.PNG", "f9.png", "f10.png"])
            #expect(frames.format == .png)
        }
    }

    @Test(
        "what makes no film is refused by name",
        arguments: [["a.png", "b.jpg"], ["a.gif"], ["empty.png"], [], ["none.png"]])
    func badFrames(names: [String]) async throws {
        try await CoreScratch.with { folder in
            for name in names where name != "none.png" {
                _ = try CoreScratch.write(name == "empty.png" ? [] : [1], name, in: folder)
            }
            let error = #expect(throws: PublishError.self) {
                try FrameSequence(names.map { folder.appendingPathComponent($0).path })
            }
            #expect(error?.code == .badFrames)
            if let last = names.last { #expect(error?.message.contains(last) == true) }
        }
    }
}
