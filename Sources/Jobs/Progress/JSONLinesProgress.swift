// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Logging

/// Writes a run's events as JSON, one object a line, for programs.
///
/// `{"event":"planned","items":n,"pending":n}`, `started` (item, worker), `finished` (one an item, as in the JSON
/// report), `note` (text), `ended` (counts, exit code, seconds).
public struct JSONLinesProgress: JobProgress {
    /// Messages below this weight are left out; an item's end never is.
    private let level: Logger.Level
    /// What every line has beside its event; `nil` writes the events alone.
    private let context: Context?
    private let write: @Sendable (String) -> Void

    /// Where the lines of several runs are gathered, what tells them apart.
    public struct Context: Sendable {
        public var job: String
        public var shard: Shard

        public init(job: String, shard: Shard) { (self.job, self.shard) = (job, shard) }
    }

    /// - Parameters:
    ///   - context: adds time, level, job and shard to every line, as structured logs have them.
    ///   - write: takes a line, its newline included.
    public init(
        level: Logger.Level = .notice, context: Context? = nil, write: @escaping @Sendable (String) -> Void
    ) {
        (self.level, self.context, self.write) = (level, context, write)
    }

    public func receive(_ event: JobEvent) {
        guard var members = Self.members(event) else { return }
        let weight = Self.weight(event)
        if case .note = event, weight < level { return }
        if let context {
            members["time"] = .string(Self.now())
            members["level"] = .string(weight.rawValue)
            members["job"] = .string(context.job)
            if context.shard.count > 1 { members["shard"] = .string(context.shard.description) }
        }
        write(JSONValue.object(members).serialized() + "\n")
    }

    /// This instant as RFC 3339 has it, to the millisecond.
    public static func now() -> String {
        Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private static func weight(_ event: JobEvent) -> Logger.Level {
        switch event {
        case .planned, .started: .info
        case .note: .notice
        case .finished(let report):
            report.result.isFailure ? .error : report.result.isInPlace && report.warnings.isEmpty ? .info : .warning
        case .ended(let summary): summary.exitCode == .success ? .notice : .error
        }
    }

    private static func members(_ event: JobEvent) -> [String: JSONValue]? {
        switch event {
        case .planned(let items, let pending):
            ["event": "planned", "items": .int(Int64(items)), "pending": .int(Int64(pending))]
        case .started(let title, let worker):
            ["event": "started", "item": .string(title), "worker": .int(Int64(worker))]
        case .finished(let report):
            (report.json.objectValue ?? [:]).merging(["event": "finished", "item": .string(report.title)]) { $1 }
        case .note(let text): ["event": "note", "text": .string(text)]
        case .ended(let summary): ended(summary)
        }
    }

    private static func ended(_ summary: JobSummary) -> [String: JSONValue] {
        [
            "event": "ended", "name": .string(summary.name), "counts": summary.countsJSON,
            "seconds": .double(summary.seconds), "exit_code": .int(Int64(summary.exitCode.rawValue)),
            "errors": .array(summary.errors.map { .string($0.message) }),
            "wrote": .array(summary.extras.map { .string($0) }), "interrupted": .bool(summary.isInterrupted),
        ]
    }
}
