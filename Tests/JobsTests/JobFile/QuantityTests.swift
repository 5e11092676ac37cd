// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Jobs

@Suite struct QuantityTests {
    @Test(
        "durations are read in their units",
        arguments: [
            ("10s", 10_000), ("5m", 300_000), ("5min", 300_000), ("1h", 3_600_000), ("250ms", 250), ("1.5h", 5_400_000),
            ("2d", 172_800_000), ("7", 7000), ("0.5", 500), ("0", 0), ("10 s", 10_000),
        ]) func durations(text: String, milliseconds: Int)
    {
        #expect(Quantity.duration(text) == .milliseconds(milliseconds))
    }

    @Test(
        "what is no duration is refused",
        arguments: ["", "s", "-1s", "1y", "1e300", "1e10d", "soon", "nan", "inf", "1..5s"])
    func noDurations(text: String) {
        #expect(Quantity.duration(text) == nil)
    }

    @Test(
        "bytes are binary by default and decimal with a B",
        arguments: [
            ("4GiB", 4 << 30), ("512MB", 512_000_000), ("2G", 2 << 30), ("1k", 1024), ("1.5KiB", 1536), ("100", 100),
            ("7B", 7), ("1TiB", 1 << 40), ("1tb", 1_000_000_000_000), ("0", 0),
        ]) func bytes(text: String, count: Int)
    {
        #expect(Quantity.bytes(text) == count)
    }

    @Test("what is no number of bytes is refused", arguments: ["", "GiB", "-1", "1XB", "1KiBB", "9e30T", "1 2"])
    func noBytes(text: String) {
        #expect(Quantity.bytes(text) == nil)
    }

    @Test(
        "counts are in thousands",
        arguments: [("50M", 50_000_000), ("64k", 64_000), ("64K", 64_000), ("1.5G", 1_500_000_000), ("12", 12)])
    func counts(text: String, count: Int) {
        #expect(Quantity.count(text) == count)
    }

    @Test("what is no count is refused", arguments: ["", "M", "-5", "5MiB", "5m"]) func noCounts(text: String) {
        #expect(Quantity.count(text) == nil)
    }

    @Test(
        "what is written reads back", arguments: [0, 1, 999, 1000, 1024, 1536, 1 << 20, 5_000_000, 1 << 38, 3_600_000])
    func writing(number: Int) {
        #expect(Quantity.bytes(Quantity.text(bytes: number)) == number)
        #expect(Quantity.count(Quantity.text(count: number)) == number)
        #expect(Quantity.duration(Quantity.text(.milliseconds(number))) == .milliseconds(number))
    }

    @Test("a number is written in the largest unit that holds it whole") func largest() {
        #expect(Quantity.text(bytes: 4 << 30) == "4GiB" && Quantity.text(bytes: (4 << 30) + 1) == "4294967297")
        #expect(Quantity.text(count: 50_000_000) == "50M" && Quantity.text(count: 1500) == "1500")
        #expect(Quantity.text(.seconds(600)) == "10m" && Quantity.text(.milliseconds(90_500)) == "90500ms")
        #expect(Quantity.shortest(3) == "3" && Quantity.shortest(0.1) == "0.1" && Quantity.shortest(-2) == "-2")
    }

    @Test("a part of the whole is a percentage or a fraction") func fractions() {
        #expect(Quantity.fraction("5%") == 0.05 && Quantity.fraction("0.05") == 0.05)
        #expect(Quantity.fraction("5x") == nil && Quantity.fraction("%") == nil)
    }

    @Test(
        "letters that lead from one word to another are counted",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("same", "same", 0), ("include", "inclde", 1),
            ("views", "veiws", 1), ("kitten", "sitting", 3), ("\u{e4}b", "ab", 1),
        ]) func distances(a: String, b: String, count: Int)
    {
        #expect(EditDistance.between(a, b) == count && EditDistance.between(b, a) == count)
    }

    @Test("the nearest word is offered only when it can be meant") func nearest() {
        let words = ["include", "exclude", "root"]
        #expect(EditDistance.nearest(to: "Inclde", among: words) == "include")
        #expect(EditDistance.nearest(to: "frobnicate", among: words) == nil)
        #expect(EditDistance.nearest(to: "root", among: []) == nil)
    }
}
