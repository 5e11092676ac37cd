// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// One that watches or publishes now.
public struct CoreSession: Codable, Sendable, Hashable {
    public var id: String
    public var reference: String?
    /// Seconds since 1970.
    public var createdAt: Int?
    public var local: String?
    public var remote: String?
    public var extra: JSONValue?
    public var bytesRx: Double?
    public var bytesTx: Double?
    public var bandwidthRxKbit: Double?
    public var bandwidthTxKbit: Double?
}

/// What one collector, such as `hls`, has counted.
public struct CoreSessionSummary: Codable, Sendable, Hashable {
    public struct Active: Codable, Sendable, Hashable {
        public var list: [CoreSession]?
        public var sessions: Int?
        public var bandwidthRxMbit: Double?
        public var bandwidthTxMbit: Double?
        public var maxSessions: Int?
        public var maxBandwidthRxMbit: Double?
        public var maxBandwidthTxMbit: Double?
    }

    public struct Traffic: Codable, Sendable, Hashable {
        public var sessions: Int?
        public var trafficRxMb: Double?
        public var trafficTxMb: Double?
    }

    public struct Peer: Codable, Sendable, Hashable {
        public var sessions: Int?
        public var trafficRxMb: Double?
        public var trafficTxMb: Double?
        public var local: [String: Traffic]?
    }

    public struct Totals: Codable, Sendable, Hashable {
        public var remote: [String: Peer]?
        public var local: [String: Traffic]?
        public var reference: [String: Traffic]?
        public var sessions: Int?
        public var trafficRxMb: Double?
        public var trafficTxMb: Double?
    }

    public var active: Active
    public var summary: Totals
}

/// Viewers of one process, open to everybody.
public struct CoreWidget: Codable, Sendable, Hashable {
    public var currentSessions: Int?
    public var totalSessions: Int?
    /// Seconds.
    public var uptime: Double?
}
