// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// A process of a Core, with the parts that were asked for.
public struct CoreProcess: Codable, Sendable, Hashable {
    /// The parts that can be asked for beside ids and times.
    public enum Part: String, Sendable, CaseIterable {
        case config, state, report, metadata
    }

    public var id: String
    public var type: String?
    public var reference: String?
    /// Seconds since 1970.
    public var createdAt: Int?
    public var updatedAt: Int?
    /// The Core that runs it, in a cluster.
    public var coreId: String?
    public var config: CoreProcessConfig?
    public var state: CoreProcessState?
    public var report: CoreProcessReport?
    public var metadata: JSONValue?
}

/// Which processes to list; `nil` sets no condition.
public struct CoreProcessQuery: Sendable, Hashable {
    /// The parts of each; `nil` for all, empty for none.
    public var parts: Set<CoreProcess.Part>?
    /// Exact ids; those that are unknown are left out of the answer.
    public var ids: [String] = []
    public var reference: String?
    /// Patterns with `*` and `?`.
    public var idPattern: String?
    public var referencePattern: String?

    public init(parts: Set<CoreProcess.Part>? = nil) { self.parts = parts }

    var items: [(String, String?)] {
        [
            ("filter", Self.filter(parts)), ("reference", reference),
            ("id", ids.isEmpty ? nil : ids.joined(separator: ",")), ("idpattern", idPattern),
            ("refpattern", referencePattern),
        ]
    }

    /// Core gives all parts for an empty filter, and none for a name it does not know.
    static func filter(_ parts: Set<CoreProcess.Part>?) -> String? {
        parts.map { parts in parts.isEmpty ? "none" : parts.map(\.rawValue).sorted().joined(separator: ",") }
    }
}

/// What a process can be told.
public enum CoreProcessCommand: String, Codable, Sendable, CaseIterable {
    /// Does nothing, and is answered with success, to a process that ended by itself: stop it first.
    case start
    /// Waits until the process has ended.
    case stop
    /// Ends a process that runs and leaves the next start to its reconnect; does nothing to one that does not run.
    case restart
    /// Starts a process anew at once with its stored configuration; the history of its reports is dropped.
    case reload
}
