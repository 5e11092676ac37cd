// SPDX-License-Identifier: Apache-2.0

/// Summaries as people read them.
public enum MarkdownTable {
    /// One line a benchmark and peer, then the peers that are not there.
    ///
    /// - Parameter goals: each is held against the line of its benchmark and peer; one without a line gets its own.
    public static func text(_ summaries: [Summary], goals: [Goal] = []) -> String {
        var lines = [
            "| benchmark | peer | times as fast | from … to | inputs | size | ours | peak | goal | |",
            "|---|---|---|---|---|---|---|---|---|---|",
        ]
        lines += summaries.filter { $0.ratio != nil }.map { summary in
            line(summary, goals.first { $0.benchmark == summary.benchmark && $0.peer == summary.peer })
        }
        let measured = Set(summaries.filter { $0.ratio != nil }.map { [$0.benchmark, $0.peer] })
        lines += goals.filter { !measured.contains([$0.benchmark, $0.peer]) }.map { goal in
            "| \(goal.benchmark) | \(goal.peer) | | | | | | | \(goal.text) | \(Goal.Verdict.unknown.rawValue) |"
        }
        let absent = absences(summaries)
        if !absent.isEmpty { lines += ["", "Absent here:", ""] + absent }
        return lines.joined(separator: "\n")
    }

    private static func line(_ summary: Summary, _ goal: Goal?) -> String {
        let range = summary.inputs.count > 1 ? [summary.leastRatio, summary.mostRatio].compactMap { $0 } : []
        let cells = [
            summary.benchmark, summary.peer, summary.ratio.map(Figure.ratio) ?? "",
            range.map(Figure.ratio).joined(separator: " … "), String(summary.inputs.count),
            summary.size.map(Figure.size) ?? "", summary.rate.map(Figure.rate) ?? "",
            summary.peak.map(Figure.megabytes) ?? "", goal?.text ?? "", goal?.verdict(summary).rawValue ?? "",
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    /// Each absent peer once, with its reason.
    private static func absences(_ summaries: [Summary]) -> [String] {
        var told: Set<String> = []
        return summaries.compactMap { summary in
            guard let reason = summary.absent, told.insert(summary.peer).inserted else { return nil }
            return "- \(summary.peer): \(reason)"
        }
    }
}
