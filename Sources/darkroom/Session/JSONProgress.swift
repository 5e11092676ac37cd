// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Jobs
import Logging

/// Tells programs how a run goes: one JSON object a line on standard error.
struct JSONProgress: JobProgress {
    var level: Logger.Level
    var write: @Sendable (String) -> Void = { StandardStreams.say($0) }

    func receive(_ event: JobEvent) {
        guard let object = Self.object(event, level: level) else { return }
        write(JSONValue.object(object).serialized() + "\n")
    }

    static func object(_ event: JobEvent, level: Logger.Level) -> [String: JSONValue]? {
        switch event {
        case .planned(let items, let pending):
            ["event": "planned", "items": .int(Int64(items)), "pending": .int(Int64(pending))]
        case .started(let title, let worker):
            ["event": "started", "item": .string(title), "worker": .int(Int64(worker))]
        case .finished(let report): finished(report)
        case .note(let text): level <= .notice ? ["event": "note", "text": .string(text)] : nil
        case .ended(let summary): ended(summary)
        }
    }

    private static func finished(_ report: ItemReport) -> [String: JSONValue] {
        var object: [String: JSONValue] = [
            "event": "finished", "item": .string(report.title), "source": .string(report.source),
            "frame": .int(Int64(report.frame)), "result": .string(report.result.rawValue),
            "outputs": .array(report.outputs.map { .string($0) }),
        ]
        if let stage = report.stage { object["stage"] = .string(stage) }
        if let cause = report.cause { object["cause"] = .string(cause) }
        if !report.warnings.isEmpty { object["warnings"] = .array(report.warnings.map { .string($0) }) }
        if !report.stageSeconds.isEmpty { object["seconds"] = .object(report.stageSeconds.mapValues { .double($0) }) }
        if report.isKnown { object["known"] = true }
        return object
    }

    private static func ended(_ summary: JobSummary) -> [String: JSONValue] {
        var counts: [String: JSONValue] = [:]
        for (result, count) in summary.counts { counts[result.rawValue] = .int(Int64(count)) }
        return [
            "event": "ended", "name": .string(summary.name), "counts": .object(counts),
            "seconds": .double(summary.seconds), "exit_code": .int(Int64(summary.exitCode.rawValue)),
            "errors": .array(summary.errors.map { .string($0.message) }),
            "wrote": .array(summary.extras.map { .string($0) }), "interrupted": .bool(summary.isInterrupted),
        ]
    }
}
