// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The figures of an earlier report.
public struct Baseline: Sendable, Hashable {
    /// A figure of both reports.
    public struct Ratio: Sendable, Hashable {
        public var name: String
        public var before: Double
        public var now: Double
        /// How many times as fast as before; above 1 is faster.
        public var speedup: Double { before / now }
    }

    /// Why a file is no baseline.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        public var description: String
    }

    /// Median seconds by name.
    public var medians: [String: Double]
    /// The machine's processor and the kernels of that report.
    public var origin: String

    /// Reads the JSON that a bench wrote.
    public init(_ report: JSONValue) throws(Failure) {
        guard report["version"]?.intValue == 1, let members = report["medians"]?.objectValue else {
            throw Failure(description: "it is no report of darkroom bench --json")
        }
        medians = members.compactMapValues(\.doubleValue)
        let cpu = report["machine"]?["cpu"]?.stringValue ?? "unknown processor"
        origin = "\(cpu), kernels \(report["kernels"]?.stringValue ?? "unknown")"
    }

    /// The figures that both reports hold, in the order of the new one.
    public func ratios(to report: BenchReport) -> [Ratio] {
        report.medians.compactMap { figure in
            guard let before = medians[figure.name], before > 0, figure.seconds > 0 else { return nil }
            return Ratio(name: figure.name, before: before, now: figure.seconds)
        }
    }
}
