// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import darkroom

@Suite struct ProgressBarTests {
    @Test("a line never reaches the terminal's last column", arguments: [20, 21, 40, 80, 81, 200])
    func width(columns: Int) {
        for done in [0, 1, 7, 64, 100] {
            let bar = ProgressBar(
                done: done, total: 100, failed: 3, unchanged: 0, current: String(repeating: "folder/", count: 30),
                elapsed: 12)
            #expect(bar.line(columns: columns).count < columns)
        }
    }

    @Test("the time left is told by items that took time")
    func remaining() {
        var bar = ProgressBar(done: 50, total: 100, unchanged: 40, elapsed: 10)
        #expect(bar.remaining == 50)
        bar.unchanged = 50
        #expect(bar.remaining == nil)
        bar = ProgressBar(done: 100, total: 100, elapsed: 10)
        #expect(bar.remaining == nil)
    }

    @Test(
        "times are told as a clock does",
        arguments: [(0.2, "1 s"), (59, "59 s"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (1e300, "long")])
    func clock(seconds: Double, text: String) { #expect(ProgressBar.clock(seconds) == text) }

    @Test("a full bar is full, an empty one empty, and no items are no trap")
    func ends() {
        #expect(ProgressBar(done: 10, total: 10).line(columns: 80).contains("##########]"))
        #expect(!ProgressBar(done: 0, total: 10).line(columns: 80).contains("#"))
        #expect(ProgressBar().line(columns: 80).contains("0/0"))
    }

    @Test("control characters of a file's name do not reach the terminal")
    func controlCharacters() {
        let line = ProgressBar(done: 1, total: 2, current: "a\u{1B}[2Jb\n").line(columns: 120)
        #expect(!line.unicodeScalars.contains { $0.value < 32 })
        #expect(line.contains("a?[2Jb?"))
    }
}

@Suite struct StatusLineTests {
    /// Collects what a status line writes.
    final class Collected: Sendable {
        let writes = Mutex<[String]>([])
        var all: [String] { writes.withLock { $0 } }
    }

    @Test("an unchanged line is not drawn again, and drawings too close together are left out")
    func noFlicker() {
        let collected = Collected()
        let line = StatusLine(isActive: true, columns: { 80 }) { text in collected.writes.withLock { $0.append(text) } }
        line.show { _ in "one" }
        line.show { _ in "two" }
        line.show(isFinal: true) { _ in "one" }
        #expect(collected.all.count == 1)
        line.show(isFinal: true) { _ in "two" }
        #expect(collected.all.count == 2)
        #expect(collected.all.allSatisfy { $0.hasPrefix("\r") && $0.hasSuffix("\u{1B}[K") })
    }

    @Test("a message stands on a line of its own and the status is drawn again below it")
    func message() {
        let collected = Collected()
        let line = StatusLine(isActive: true, columns: { 80 }) { text in collected.writes.withLock { $0.append(text) } }
        line.show { _ in "bar" }
        line.message("hello")
        #expect(collected.all.last == "\r\u{1B}[Khello\nbar")
    }

    @Test("off a terminal only messages are written")
    func inactive() {
        let collected = Collected()
        let line = StatusLine(isActive: false, write: { text in collected.writes.withLock { $0.append(text) } })
        line.show { _ in "bar" }
        line.message("hello")
        line.finish()
        #expect(collected.all == ["hello\n"])
    }
}
