// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC

/// What callers keep on a Core, and what it measures.
extension CoreClient {
    /// All values that are kept, by key.
    public func metadata() async throws -> [String: JSONValue] {
        try await fetch(call(.get, ["metadata"], purpose: "show its metadata"))
    }

    /// A kept value.
    ///
    /// - Throws: `ServiceError` with `.missing` when there is none under this key.
    public func metadata(_ key: String) async throws -> JSONValue {
        try await fetch(call(.get, ["metadata", key], purpose: "show the metadata \(key)"))
    }

    /// Keeps a value; `.null` removes it.
    public func setMetadata(_ key: String, to value: JSONValue) async throws {
        try await collect(call(.put, ["metadata", key], purpose: "keep the metadata \(key)", body: body(value)))
    }

    /// A value that is kept with a process.
    ///
    /// - Throws: `ServiceError` with `.missing` when there is no such process, or no such key of it.
    public func processMetadata(_ id: String, _ key: String) async throws -> JSONValue {
        try await fetch(
            call(.get, ["process", id, "metadata", key], purpose: "show the metadata \(key) of process \(id)"))
    }

    /// Keeps a value with a process; `.null` removes it.
    public func setProcessMetadata(_ id: String, _ key: String, to value: JSONValue) async throws {
        try await collect(
            call(
                .put, ["process", id, "metadata", key], purpose: "keep the metadata \(key) of process \(id)",
                body: body(value)))
    }

    // MARK: Metrics

    /// The metrics that can be asked for.
    public func metrics() async throws -> [CoreMetric] {
        try await fetch(call(.get, ["metrics"], purpose: "list its metrics"))
    }

    /// Values of metrics.
    public func metrics(_ query: CoreMetricsQuery) async throws -> CoreMetricsAnswer {
        let purpose = "show metrics"
        // Only asks: it may be asked again.
        return try await fetch(
            call(.post, ["metrics"], purpose: purpose, body: body(query, for: purpose), isRepeatable: true))
    }

    // MARK: Viewers and streams

    /// What collectors such as `hls`, `rtmp`, `srt` have counted, by name.
    ///
    /// - Throws: `ServiceError` with `.badArgument` without a name: Core has no answer for all of them.
    public func sessions(_ collectors: [String]) async throws -> [String: CoreSessionSummary] {
        try await fetch(
            call(.get, ["session"], query: [("collectors", try joined(collectors))], purpose: "count sessions"))
    }

    /// Who watches or publishes now, by collector.
    public func activeSessions(_ collectors: [String]) async throws -> [String: [CoreSession]] {
        try await fetch(
            call(
                .get, ["session", "active"], query: [("collectors", try joined(collectors))], purpose: "list sessions"))
    }

    private func joined(_ collectors: [String]) throws(ServiceError) -> String {
        guard !collectors.isEmpty else {
            throw ServiceError(.badArgument, "Name the collectors whose sessions are asked for, such as hls.")
        }
        return collectors.joined(separator: ",")
    }

    /// RTMP streams that are being published.
    public func rtmpChannels() async throws -> [CoreRTMPChannel] {
        try await fetch(call(.get, ["rtmp"], purpose: "list RTMP streams"))
    }

    /// SRT streams and their connections.
    public func srtChannels() async throws -> CoreSRTChannels {
        try await fetch(call(.get, ["srt"], purpose: "list SRT streams"))
    }

    /// How many watch a process; nobody need log in for it.
    public func widget(_ id: String) async throws -> CoreWidget {
        try await fetch(
            call(.get, ["widget", "process", id], purpose: "count the viewers of process \(id)"), isOpen: true)
    }
}
