// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The text of a progress bar for a given width; draws nothing itself.
struct ProgressBar {
    /// Items that have ended, those that were already done included.
    var done = 0
    /// Items of the run.
    var total = 0
    /// Of `done`, items that ended as failures.
    var failed = 0
    /// Of `done`, items that took no time because they were done before.
    var unchanged = 0
    /// What is being worked on.
    var current = ""
    /// Seconds since the run began.
    var elapsed: Double = 0

    /// Seconds still to go, told by the items that took time; `nil` before the first of them.
    var remaining: Double? {
        let worked = done - unchanged
        guard worked > 0, total > done else { return nil }
        return elapsed / Double(worked) * Double(total - done)
    }

    /// One line that fits `columns`, the bar shrinking first and the current item's name next.
    func line(columns: Int) -> String {
        let fraction = total > 0 ? Double(done) / Double(total) : 0
        var tail = " \(done)/\(total)"
        if failed > 0 { tail += ", \(failed) failed" }
        if let remaining { tail += ", \(Self.clock(remaining)) left" }
        // One column stays free: a cursor in the last one makes some terminals wrap.
        let room = columns - 1
        let barWidth = min(30, room - tail.count - 2)
        guard barWidth >= 5 else { return String(tail.dropFirst().prefix(max(0, room))) }
        let filled = Int((fraction * Double(barWidth)).rounded(.down))
        var line = "[" + String(repeating: "#", count: filled)
        line += String(repeating: ".", count: barWidth - filled) + "]" + tail
        let rest = room - line.count - 2
        if rest >= 8, !current.isEmpty { line += "  " + Self.shortened(current, to: rest) }
        return line
    }

    /// `1:02:03`, `2:03` or `3 s`.
    static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e7 else { return "long" }
        let whole = Int(seconds.rounded(.up))
        if whole < 60 { return "\(whole) s" }
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }

    /// The end of a name, which tells more than its beginning.
    static func shortened(_ name: String, to count: Int) -> String {
        // Control characters in a file's name must not reach the terminal.
        let safe = String(name.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : Character($0) })
        guard safe.count > count else { return safe }
        return "…" + safe.suffix(max(0, count - 1))
    }
}
