// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Foundation
import JSONRPC
import Testing

@testable import Bench

@Suite struct TimingTests {
    @Test("the median of an even number of times is between the two in the middle")
    func median() {
        #expect(Timing([4, 1, 3, 2]).median == 2.5)
        #expect(Timing([3, 1, 2]).median == 2)
        #expect(Timing([7]).median == 7)
    }

    @Test("without times nothing is told and nothing traps")
    func empty() {
        let none = Timing([])
        #expect(none.median == 0 && none.p95 == 0 && none.spread == 0 && none.minimum == 0)
    }

    @Test("percentiles are interpolated, and parts beyond the ends are the ends")
    func percentiles() {
        let timing = Timing((0...100).map(Double.init))
        #expect(timing.p95 == 95)
        #expect(timing.percentile(-1) == 0)
        #expect(timing.percentile(2) == 100)
        #expect(timing.spread == 1)
    }
}

@Suite struct TorusKnotTests {
    @Test("the model has the triangles that its header announces", arguments: [(3, 3), (7, 5), (64, 8)])
    func size(along: Int, around: Int) throws {
        let bytes = TorusKnot(along: along, around: around).ply()
        let text = String(decoding: bytes.prefix(300), as: UTF8.self)
        let header = try #require(text.range(of: "end_header\n"))
        #expect(text.contains("element face \(2 * along * around)\n"))
        let headerCount = text[..<header.upperBound].utf8.count
        #expect(bytes.count == headerCount + along * around * 12 + 2 * along * around * 13)
    }

    @Test("no two vertices coincide")
    func distinct() throws {
        let bytes = TorusKnot(along: 20, around: 7).ply()
        let marker = Array("end_header\n".utf8)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: marker) }) + marker.count
        let vertices = (0..<140).map { Array(bytes[start + $0 * 12..<start + $0 * 12 + 12]) }
        #expect(Set(vertices).count == 140)
    }
}

@Suite struct BenchReportTests {
    static var report: BenchReport {
        var report = BenchReport(program: "test", kernels: "base", threads: 2)
        report.staged = [
            BenchReport.Staged(
                scene: "a<b", backend: "embedded",
                stages: [("load", Timing([0.5])), ("render", Timing([0.1, 0.3, 0.2]))], derived: ["render"], notes: [])
        ]
        report.pipelined = [
            BenchReport.Pipelined(scene: "a", backend: "embedded", renderers: 2, items: 10, seconds: Timing([2]))
        ]
        report.ceilings = [BenchReport.Ceiling(payloadBytes: 1000, seconds: Timing([0.001]))]
        return report
    }

    @Test("a report read back as its own baseline has the ratio 1 everywhere")
    func ownBaseline() throws {
        let report = Self.report
        let baseline = try Baseline(JSONValue(parsing: try report.json.serialized()))
        let ratios = baseline.ratios(to: report)
        #expect(ratios.map(\.name) == report.medians.map(\.name))
        #expect(ratios.count == 4)
        for ratio in ratios { #expect(abs(ratio.speedup - 1) < 1e-6) }
    }

    @Test("a figure that took half the time is twice as fast, and strange figures are left out")
    func ratio() throws {
        let report = Self.report
        let baseline = try Baseline(["version": 1, "medians": ["a<b/embedded/render": 0.4, "gone": 1]])
        #expect(baseline.ratios(to: report).map(\.speedup) == [2])
    }

    @Test("a file of another kind is refused as a baseline")
    func notABaseline() {
        #expect(throws: Baseline.Failure.self) { try Baseline(["medians": [:]]) }
        #expect(throws: Baseline.Failure.self) { try Baseline([1, 2]) }
    }

    @Test("rates are items and bytes a second")
    func rates() {
        #expect(Self.report.pipelined[0].rate == 5)
        #expect(Self.report.ceilings[0].rate == 1_000_000)
    }

    @Test("the plot is well-formed XML that names every stage")
    func plot() throws {
        let svg = BenchPlot.svg(Self.report)
        let parser = XMLReading(svg)
        #expect(parser.isWellFormed)
        #expect(svg.contains("a&lt;b") && svg.contains(">load<") && svg.contains(">render<"))
        #expect(XMLReading(BenchPlot.svg(BenchReport(program: "t", kernels: "base", threads: 1))).isWellFormed)
    }

    @Test("a trace has one complete event a stage and a name for each lane")
    func trace() throws {
        let log = TraceLog()
        log.add("load", lane: "one", start: .now, seconds: 0.5)
        log.add("render", lane: "two", start: .now, seconds: 0.25)
        let events = try #require(log.json["traceEvents"]?.arrayValue)
        #expect(events.filter { $0["ph"] == "M" }.compactMap { $0["args"]?["name"]?.stringValue } == ["one", "two"])
        let stages = events.filter { $0["ph"] == "X" }
        #expect(stages.compactMap { $0["dur"]?.doubleValue } == [500_000, 250_000])
        #expect(stages.compactMap { $0["tid"]?.intValue } == [0, 1])
    }
}

/// Whether tags open and close in order and every attribute is quoted: enough for a picture of our own making.
private struct XMLReading {
    var isWellFormed = true

    init(_ text: String) {
        var open: [String] = []
        for piece in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
            guard let end = piece.firstIndex(of: ">") else {
                isWellFormed = false
                return
            }
            let tag = piece[..<end]
            if tag.filter({ $0 == "\"" }).count % 2 == 1 { isWellFormed = false }
            let name = String(tag.prefix { $0 != " " && $0 != "/" || $0 == "/" && tag.first == "/" })
            if tag.hasPrefix("?") || tag.hasSuffix("/") { continue }
            if tag.hasPrefix("/") {
                if open.popLast() != String(tag.dropFirst()) { isWellFormed = false }
            } else {
                open.append(name)
            }
        }
        if !open.isEmpty { isWellFormed = false }
    }
}
