// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BenchmarkRows

@Suite struct RowTests {
    @Test(
        arguments: [
            ([3.0], 3.0), ([4, 1, 2], 2), ([4, 1, 2, 3], 2.5), ([], 0), ([9, 9, 9, 9, 9, 9, 1000], 9),
        ] as [([Double], Double)])
    func medianIsTheMiddleWhateverTheOrder(_ times: [Double], _ median: Double) {
        #expect(Series(times).median == median)
        #expect(Series(times.reversed()).median == median)
    }

    @Test func spreadIsTheQuartilesOverTheMedian() {
        #expect(Series([1, 2, 3, 4, 5]).spread == 2.0 / 3)
        #expect(Series([2, 2, 2]).spread == 0)
        #expect(Series([]).spread == 0)
    }

    @Test func geometricMeanBelongsToPositiveNumbers() throws {
        #expect(try abs(#require(geometricMean([2, 8])) - 4) < 1e-12)
        #expect(geometricMean([]) == nil)
        #expect(geometricMean([1, 0]) == nil)
        #expect(try abs(#require(geometricMean(Array(repeating: 1e300, count: 9))) / 1e300 - 1) < 1e-9)
    }

    @Test func ratioComparesWorkASecondNotSeconds() {
        // Twice the work in the same time is twice as fast.
        let ours = Side(times: Series([2, 1, 3]), work: 200)
        let theirs = Side(times: Series([2]), work: 100)
        let figures = Figures(ours: ours, theirs: theirs)
        #expect(figures.ratio == 2)
        #expect(figures.ours == 2 && figures.theirs == 2 && figures.rounds == 1)
        #expect(figures.rate == 100 / 1e6 && figures.peerRate == 50 / 1e6)
    }

    @Test func sizeNeedsBothFiles() {
        let file = Side(times: Series([1]), work: 1, output: 90)
        #expect(Figures(ours: file, theirs: Side(times: Series([1]), work: 1, output: 100)).size == 0.9)
        #expect(Figures(ours: file, theirs: Side(times: Series([1]), work: 1)).size == nil)
        #expect(Figures(ours: file, theirs: Side(times: Series([1]), work: 1, output: 0)).size == nil)
    }

    @Test func peerWithoutATimeGivesNoRatio() {
        let figures = Figures(ours: Side(times: Series([1]), work: 1), theirs: Side(times: Series([]), work: 1))
        #expect(figures.ratio == 0)
        #expect(figures.rounds == 0)
    }
}
