// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BenchmarkRows

@Suite struct SummaryTests {
    @Test func inputsAreJoinedByBenchmarkAndPeer() throws {
        let summaries = Summary.all([
            row("encode", "flat", "a", ours: 1, theirs: 2, output: 50),
            row("encode", "flat", "b", ours: 1, theirs: 3),
            row("encode", "photo", "a", ours: 1, theirs: 8, output: 200, peak: 7),
            Row(benchmark: "encode", input: "flat", peer: "c", outcome: .absent("no compiler")),
        ])
        #expect(summaries.map(\.peer) == ["a", "b", "c"])
        let first = try #require(summaries.first)
        #expect(first.inputs == ["flat", "photo"])
        #expect(abs((first.ratio ?? 0) - 4) < 1e-12)
        #expect(first.leastRatio == 2 && first.mostRatio == 8)
        #expect(abs((first.size ?? 0) - 1) < 1e-12)
        #expect(first.peak == 7)
        #expect(summaries[2].ratio == nil && summaries[2].absent == "no compiler")
    }

    @Test func sizeOfSomeInputsIsNoSize() {
        let rows = [
            row("encode", "flat", "a", ours: 1, theirs: 2, output: 50), row("encode", "photo", "a", ours: 1, theirs: 2),
        ]
        #expect(Summary.all(rows).map(\.size) == [nil])
    }

    @Test(
        arguments: [
            (4.0, nil, nil, Goal.Verdict.met), (4.1, nil, nil, .missed), (4, 0.5, nil, .met), (4, 0.49, nil, .missed),
            (4, nil, 10, .met), (4, nil, 9, .missed),
        ] as [(Double, Double?, Int?, Goal.Verdict)])
    func goalIsMetInEverythingOrNot(_ ratio: Double, _ size: Double?, _ peak: Int?, _ verdict: Goal.Verdict) {
        let summary = Summary.all([row("encode", "flat", "a", ours: 1, theirs: 4, output: 50, peak: 10)])[0]
        #expect(Goal("encode", against: "a", ratio: ratio, size: size, peak: peak).verdict(summary) == verdict)
    }

    @Test func goalWithoutItsFigureIsUnknown() {
        let summary = Summary.all([row("encode", "flat", "a", ours: 1, theirs: 4)])[0]
        #expect(Goal("encode", against: "a", ratio: 1, size: 1).verdict(summary) == .unknown)
        #expect(Goal("encode", against: "a", ratio: 1, peak: 1).verdict(summary) == .unknown)
        let nobody = Summary.all([Row(benchmark: "encode", input: "x", peer: "a", outcome: .absent("gone"))])[0]
        #expect(Goal("encode", against: "a", ratio: 1).verdict(nobody) == .unknown)
    }

    @Test func tableHoldsGoalsAndNamesTheAbsentOnce() {
        let rows = [
            row("encode", "flat", "a", ours: 1, theirs: 4),
            Row(benchmark: "encode", input: "flat", peer: "c", outcome: .absent("no compiler")),
            Row(benchmark: "decode", input: "flat", peer: "c", outcome: .absent("no compiler")),
        ]
        let goals = [Goal("encode", against: "a", ratio: 5), Goal("resize", against: "z", ratio: 2)]
        let lines = MarkdownTable.text(Summary.all(rows), goals: goals).split(separator: "\n").map(String.init)
        let bars = lines.filter { $0.hasPrefix("|") }.map { $0.filter { $0 == "|" }.count }
        #expect(Set(bars).count == 1 && bars.count == 4)
        #expect(lines.contains { $0.hasPrefix("| encode | a | 4.00x |") && $0.contains("≥ 5.00x | not met") })
        #expect(lines.contains { $0.hasPrefix("| resize | z |") && $0.contains("not measured") })
        #expect(lines.filter { $0.hasPrefix("- c: no compiler") }.count == 1)
    }
}
