// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BenchmarkRows

@Suite struct RowFileTests {
    private let measured = row("encode", "flat", "libpng 6", ours: 1, theirs: 4, output: 50)
    private let absent = Row(benchmark: "encode", input: "flat", peer: "mtpng", outcome: .absent("not \"here\"\n"))

    @Test func rowsComeBackAsTheyWere() throws {
        let text = try [measured, absent].map { try RowFile.line($0) }.joined(separator: "\n")
        #expect(text.split(separator: "\n").count == 2)
        #expect(try RowFile.rows(text) == [measured, absent])
        #expect(try RowFile.rows("\n" + text + "\n\n") == [measured, absent])
    }

    @Test func lineNamesWhatPeopleLookFor() throws {
        let line = try RowFile.line(measured)
        for part in ["\"benchmark\":\"encode\"", "\"peer\":\"libpng 6\"", "\"ours\":1", "\"ratio\":4", "\"size\":0.5"] {
            #expect(line.contains(part), "\(line)")
        }
    }

    @Test func laterRowReplacesTheEarlierInItsPlace() throws {
        let again = row("encode", "flat", "libpng 6", ours: 1, theirs: 9)
        let other = row("encode", "photo", "libpng 6", ours: 1, theirs: 2)
        let text = try [measured, other, again].map { try RowFile.line($0) }.joined(separator: "\n")
        #expect(try RowFile.rows(text) == [again, other])
    }

    @Test(arguments: ["{}", "nonsense", "{\"benchmark\":\"a\",\"input\":\"b\",\"peer\":\"c\"}"])
    func lineThatIsNoRowIsNamed(_ line: String) throws {
        let text = try RowFile.line(measured) + "\n" + line
        let failure = #expect(throws: RowFile.Failure.self) { try RowFile.rows(text) }
        #expect(failure?.line == 2)
    }
}

/// A measured row; work and rounds are one.
func row(
    _ benchmark: String, _ input: String, _ peer: String, ours: Double, theirs: Double, output: Int? = nil,
    peak: Int? = nil
) -> Row {
    Row(
        benchmark: benchmark, input: input, peer: peer,
        outcome: .measured(
            Figures(
                ours: Side(times: Series([ours]), work: 1, output: output, peak: peak),
                theirs: Side(times: Series([theirs]), work: 1, output: output.map { _ in 100 }))))
}
