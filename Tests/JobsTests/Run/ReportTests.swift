// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import FoundationXML
import ImageCore
import JSONRPC
import Synchronization
import Testing

@testable import Jobs

@Suite struct ReportTests {
    private func reported(_ place: Workplace) -> JobFile {
        place.job {
            $0.name = "a <job> & \"more\""
            $0.report.json = place.path("r/report.json")
            $0.report.junit = place.path("r/report.xml")
            $0.report.html = place.path("r/report.html")
            $0.sheet = JobFile.Sheet(path: place.path("out/contact.png"))
            $0.sheet?.columns = 2
            $0.sheet?.size = 16
        }
    }

    @Test("reports tell every item, with names escaped") func reports() async throws {
        let place = try Workplace(models: ["a & <b>\n.obj", "bad.obj", "c.obj"])
        let stage = StandInStage(["bad.obj": .fails(RendererError(.input, stage: "load", "x < \"y\""))])
        let summary = try await place.run(reported(place), stage: stage)
        #expect(summary.counts == [.done: 2, .failed: 1])
        let json = try JSONValue(parsing: place.bytes("r/report.json"))
        #expect(json["counts"]?["done"] == 2 && json["exit"] == 1 && json["items"]?.arrayValue?.count == 3)
        let junit = String(decoding: try place.bytes("r/report.xml"), as: UTF8.self)
        #expect(junit.contains("tests=\"3\" failures=\"1\"") && junit.contains("a &amp; &lt;b&gt;&#10;.obj"))
        #expect(junit.contains("x &lt; &quot;y&quot;") && !junit.contains("<job>"))
        #expect(XMLParser(data: Data(junit.utf8)).parse())
        let html = String(decoding: try place.bytes("r/report.html"), as: UTF8.self)
        #expect(html.contains("../out/a%20%26%20%3Cb%3E%0A.obj.png") && !html.contains("<job>"))
    }

    @Test("the sheet has a cell for each picture, and is left alone when nothing changed") func sheet() async throws {
        let place = try Workplace()
        let job = reported(place)
        #expect(try await place.run(job).extras == [place.path("out/contact.png")])
        let bytes = try place.bytes("out/contact.png")
        let sheet = try ImageDecoder.decode(bytes)
        #expect(sheet.width == 2 * 20 + 4 && sheet.height == 2 * 20 + 4)
        let pixels = sheet.packedBytes()
        func alpha(_ x: Int, _ y: Int) -> UInt8 { pixels[4 * (y * 44 + x) + 3] }
        #expect(alpha(12, 12) > 0 && alpha(32, 12) > 0 && alpha(12, 32) > 0 && alpha(32, 32) == 0 && alpha(1, 1) == 0)
        let before = FileSystem.status(place.path("out/contact.png"))
        try await place.run(job)
        #expect(FileSystem.status(place.path("out/contact.png")) == before)
    }

    @Test("a movie without ffmpeg names the package") func noFFmpeg() throws {
        let maker = MovieMaker(
            settings: JobFile.Movie(path: "x.mp4"), background: .white, searchPath: "/no/such/folder")
        #expect { try maker.write(["a.png"]) } throws: {
            ($0 as? JobError)?.code == .environment && "\($0)".contains("install the package ffmpeg")
        }
    }

    @Test("a movie's frames reach the program, and its failure is told") func movie() async throws {
        let place = try Workplace(models: ["a.obj"])
        try await place.run()
        // A stand-in program: the last argument is the file to make.
        try place.write("bin/ffmpeg", "#!/bin/sh\nfor last; do :; done\ncat > \"$last\"\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path("bin/ffmpeg"))
        var maker = MovieMaker(
            settings: JobFile.Movie(path: place.path("out/film.mp4")), background: .white, searchPath: place.path("bin")
        )
        let pictures = [String](repeating: place.path("out/a.obj.png"), count: 3)
        try maker.write(pictures)
        #expect(try place.bytes("out/film.mp4").count == 3 * 24 * 16 * 3)
        try place.write("bin/ffmpeg", "#!/bin/sh\necho no such codec >&2\nexit 3\n")
        maker = MovieMaker(
            settings: JobFile.Movie(path: place.path("out/two.mp4")), background: .white, searchPath: place.path("bin"))
        #expect { try maker.write(pictures) } throws: { "\($0)".contains("no such codec") }
        #expect(FileSystem.status(place.path("out/two.mp4")) == nil)
    }

    @Test("events come as JSON lines, one final one for each item") func events() async throws {
        let place = try Workplace()
        let lines = Mutex<[String]>([])
        let progress = JSONLinesProgress { line in lines.withLock { $0.append(line) } }
        let provider = StandInProvider(stage: StandInStage())
        _ = await JobRunner(plan: try JobPlan(place.job()), provider: provider, progress: progress).run()
        let events = try lines.withLock { try $0.map { try JSONValue(parsing: $0) } }
        #expect(events.first?["event"] == "planned" && events.first?["pending"] == 3)
        #expect(events.filter { $0["event"] == "item" }.count == 3)
        #expect(events.last?["event"] == "ended" && events.last?["exit"] == 0)
    }

    @Test("time left is told by the items drawn, not by those found unchanged") func estimate() {
        var estimate = ProgressEstimate()
        for _ in 0..<5 { estimate.receive(.finished(ItemReport(title: "", source: "", result: .unchanged))) }
        estimate.receive(.planned(items: 15, pending: 10))
        #expect(estimate.remaining(after: 3) == nil)
        for _ in 0..<4 { estimate.receive(.finished(ItemReport(title: "", source: "", result: .done))) }
        #expect(estimate.remaining(after: 8) == 12 && estimate.ended == 4)
    }
}
