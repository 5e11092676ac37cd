// SPDX-License-Identifier: Apache-2.0
import Foundation

extension JobSummary {
    /// The run in Prometheus' text format, for runs too short to be asked while they last: a textfile collector, or a
    /// push gateway, takes it from a file.
    ///
    /// - Parameter now: seconds since 1970.
    public func metrics(now: Double = Date().timeIntervalSince1970) -> String {
        var text = ""
        func family(_ name: String, _ type: String, _ help: String, _ samples: [(labels: [(String, String)], Double)]) {
            text += "# HELP darkroom_job_\(name) \(help)\n# TYPE darkroom_job_\(name) \(type)\n"
            for (labels, value) in samples {
                let own = [("job_name", self.name), ("shard", shard.description)] + labels
                let list = own.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
                text += "darkroom_job_\(name){\(list)} \(Self.number(value))\n"
            }
        }
        let counts = counts
        family(
            "items", "gauge", "Items by how they ended.",
            ItemResult.allCases.map { ([("result", $0.rawValue)], Double(counts[$0] ?? 0)) })
        family(
            "failures_new", "gauge", "Failures that no earlier run knew of.",
            [([], Double(items.filter { $0.result.isFailure && !$0.isKnown }.count))])
        var stages: [String: Double] = [:]
        for item in items { stages.merge(item.stageSeconds) { $0 + $1 } }
        family(
            "stage_seconds", "gauge", "Seconds that all items together spent in each stage.",
            stages.sorted { $0.key < $1.key }.map { ([("stage", $0.key)], $0.value) })
        family(
            "warnings", "gauge", "Warnings of all items.", [([], Double(items.reduce(0) { $0 + $1.warnings.count }))])
        family("duration_seconds", "gauge", "Seconds that the run took.", [([], seconds)])
        family("exit_code", "gauge", "The exit code; 0 is success.", [([], Double(exitCode.rawValue))])
        family("last_end_timestamp_seconds", "gauge", "When the run ended.", [([], now)])
        return text
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
