// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// Writes a run's events as JSON, one object a line, for programs.
///
/// `{"event":"planned","items":n,"pending":n}`, `started` (title, worker), `item` (as in the JSON report), `note`,
/// `ended` (result, counts, exit code, seconds).
public struct JSONLinesProgress: JobProgress {
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes a line, its newline included.
    public init(write: @escaping @Sendable (String) -> Void) { self.write = write }

    public func receive(_ event: JobEvent) {
        var members: [String: JSONValue]
        switch event {
        case .planned(let items, let pending):
            members = ["event": "planned", "items": .int(Int64(items)), "pending": .int(Int64(pending))]
        case .started(let title, let worker):
            members = ["event": "started", "item": .string(title), "worker": .int(Int64(worker))]
        case .finished(let report):
            if report.result == .unchanged { return }
            members = report.json.objectValue ?? [:]
            members["event"] = "item"
        case .note(let text): members = ["event": "note", "text": .string(text)]
        case .ended(let summary):
            members = [
                "event": "ended", "exit": .int(Int64(summary.exitCode.rawValue)), "seconds": .double(summary.seconds),
            ]
            members["counts"] = summary.countsJSON
            members["errors"] = .array(summary.errors.map { .string($0.message) })
        }
        write(JSONValue.object(members).serialized() + "\n")
    }
}
