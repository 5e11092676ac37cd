// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Counts of what the service does, as Prometheus reads them.
public final class ServiceMetrics: Sendable {
    private struct Series: Hashable {
        var name: String
        var labels: [String: String]
    }

    private struct State {
        var values: [Series: Double] = [:]
        var kinds: [String: (kind: String, help: String)] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// Adds to a number that only grows.
    func count(_ name: String, _ help: String, _ labels: [String: String] = [:], by amount: Double = 1) {
        state.withLock { state in
            state.kinds[name] = ("counter", help)
            state.values[Series(name: name, labels: labels), default: 0] += amount
        }
    }

    /// Sets a number that may fall again.
    func gauge(_ name: String, _ help: String, _ labels: [String: String] = [:], _ value: Double) {
        state.withLock { state in
            state.kinds[name] = ("gauge", help)
            state.values[Series(name: name, labels: labels)] = value
        }
    }

    /// All numbers in Prometheus' text format 0.0.4.
    var text: String {
        let (values, kinds) = state.withLock { ($0.values, $0.kinds) }
        var lines: [String] = []
        for (name, kind) in kinds.sorted(by: { $0.key < $1.key }) {
            lines.append("# HELP \(name) \(kind.help)")
            lines.append("# TYPE \(name) \(kind.kind)")
            let series = values.filter { $0.key.name == name }.map { (Self.labels($0.key.labels), $0.value) }
            for (labels, value) in series.sorted(by: { $0.0 < $1.0 }) {
                lines.append("\(name)\(labels) \(value == value.rounded() ? String(Int64(value)) : String(value))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func labels(_ labels: [String: String]) -> String {
        guard !labels.isEmpty else { return "" }
        let parts = labels.sorted { $0.key < $1.key }.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }
        return "{" + parts.joined(separator: ",") + "}"
    }
}
