// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import FoundationXML
import ImageCore
import JSONRPC
import Logging
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
        #expect(!html.contains("<job>") && !html.contains("a & <b>"))
        let start = try #require(html.range(of: "id=\"rows\">")), rest = html[start.upperBound...]
        let rows = try JSONValue(parsing: Array(rest[..<(try #require(rest.range(of: "</script>"))).lowerBound].utf8))
        // The link of the first picture follows from its title; what failed has its words.
        #expect(rows["prefix"] == "../out/" && rows["suffix"] == ".png")
        #expect(rows["items"]?.arrayValue?.first == ["a & <b>\n.obj", 0])
        #expect(rows["items"]?.arrayValue?[1].arrayValue?.last == "load: x < \"y\"")
        #expect(rows["results"]?.arrayValue?.first == "done")
    }

    @Test("a picture whose link does not follow from its title has it written out") func links() {
        var items = ["a", "b"].map { ItemReport(title: "\($0) (iso)", source: $0, result: .done) }
        items[0].outputs = ["/o/a.iso.512.png", "/o/a.iso.64.png"]
        items[1].outputs = ["/o/b.iso.512.png"]
        var summary = JobSummary(name: "n", shard: .whole)
        summary.items = items
        let html = summary.html(folder: "/o")
        #expect(html.contains("[\"a (iso)\",0,\"a.iso.512.png\",\"a.iso.64.png\",0]"))
        #expect(html.contains("[\"b (iso)\",0,\"b.iso.512.png\",0,0]"))
    }

    @Test("the page grows by little more than each item's name") func pageSize() {
        var summary = JobSummary(name: "n", shard: .whole)
        summary.items = (0..<1000).map { n in
            var item = ItemReport(title: "folder/model-\(n).obj", source: "models/folder/model-\(n).obj", result: .done)
            item.outputs = ["/night/thumbs/folder/model-\(n).obj.png"]
            return item
        }
        let (bytes, names) = (
            summary.html(folder: "/night").utf8.count, summary.items.reduce(0) { $0 + $1.title.utf8.count }
        )
        #expect(bytes < names + 1000 * 10 + 6000)
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

    @Test("names stand below the pictures, the ends of long ones", arguments: [64, 128, 400]) func labels(size: Int)
        throws
    {
        let label = try #require(SheetLabel(cell: size))
        #expect(label.shortened("a.obj") == "a.obj")
        let long = label.shortened("some/long/folder/name/that/does/not/fit/into/any/of/the/cells/b.obj")
        #expect(long.hasPrefix("..") && long.hasSuffix("b.obj") && long.count < size / 5)
        var sheet = JobFile.Sheet(path: "x.png")
        sheet.size = size
        let cells = [
            ContactSheet.Cell(picture: "/no/such", title: "l1"), ContactSheet.Cell(picture: "/no/such", title: ""),
        ]
        let picture = ContactSheet(sheet).compose(cells, columns: 1)
        #expect(picture.height == 2 * (size + 4 + label.height) + 4)
        let pixels = picture.packedBytes()
        let inked = (0..<picture.height).filter { y in
            (0..<size + 8).contains { pixels[4 * (y * (size + 8) + $0) + 3] > 0 }
        }
        #expect(inked.allSatisfy { (size + 4..<size + 4 + label.height).contains($0) } && inked.count >= 7)
        sheet.labels = false
        #expect(ContactSheet(sheet).compose(cells, columns: 1).height == 2 * (size + 4) + 4)
        #expect(SheetLabel(cell: 63) == nil)
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
        #expect(events.filter { $0["event"] == "finished" }.count == 3)
        #expect(events.last?["event"] == "ended" && events.last?["exit_code"] == 0)
        #expect(events.allSatisfy { $0["time"] == nil })
    }

    @Test("structured lines bear time, level, job and shard") func structured() throws {
        let lines = Mutex<[String]>([])
        let context = JSONLinesProgress.Context(job: "night", shard: try #require(Shard(index: 2, count: 4)))
        let progress = JSONLinesProgress(level: .error, context: context) { line in lines.withLock { $0.append(line) } }
        var failed = ItemReport(title: "a", source: "a", result: .failed)
        failed.cause = "broken"
        progress.receive(.note("left out"))
        for report in [failed, ItemReport(title: "b", source: "b", result: .unchanged)] {
            progress.receive(.finished(report))
        }
        let events = try lines.withLock { try $0.map { try JSONValue(parsing: $0) } }
        #expect(events.map { $0["level"] } == ["error", "info"] && events.map { $0["item"] } == ["a", "b"])
        #expect(events.allSatisfy { $0["job"] == "night" && $0["shard"] == "2/4" })
        let time = try #require(events[0]["time"]?.stringValue)
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(time)")
    }

    @Test("metrics are Prometheus' text: each family once, every way to end, labels escaped") func metrics() throws {
        var summary = JobSummary(name: "a \"b\"\n", shard: .whole)
        var known = ItemReport(title: "k", source: "k", result: .failed)
        known.isKnown = true
        var done = ItemReport(title: "d", source: "d", result: .done)
        done.stageSeconds = ["render": 0.25, "load": 1]
        summary.items = [known, done, done, ItemReport(title: "f", source: "f", result: .emptyFrame)]
        summary.exitCode = .partial
        let text = summary.metrics(now: 12.5)
        let lines = text.split(separator: "\n")
        let labels = #"job_name="a \"b\"\n",shard="1/1""#
        for line in [
            #"darkroom_job_items{\#(labels),result="done"} 2"#,
            #"darkroom_job_items{\#(labels),result="interrupted"} 0"#,
            "darkroom_job_failures_new{\(labels)} 1", #"darkroom_job_stage_seconds{\#(labels),stage="render"} 0.5"#,
            "darkroom_job_exit_code{\(labels)} 1", "darkroom_job_last_end_timestamp_seconds{\(labels)} 12.5",
        ] { #expect(lines.contains { $0 == line }, "\(line)") }
        let types = lines.filter { $0.hasPrefix("# TYPE ") }
        #expect(types.count == Set(types).count && types.count == lines.filter { $0.hasPrefix("# HELP ") }.count)
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
