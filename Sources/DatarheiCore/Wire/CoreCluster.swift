// SPDX-License-Identifier: Apache-2.0
import HTTPService
import JSONRPC

/// A cluster of Cores, as the branch `vod` (16.20) describes it.
public struct CoreCluster: Codable, Sendable, Hashable {
    public struct Leader: Codable, Sendable, Hashable {
        public var id: String
        public var address: String?
        public var electedSeconds: Double?
    }

    public var id: String?
    public var leader: Leader?
    public var status: String?
    public var publicDomains: [String]?
    public var nodes: [CoreClusterNode]?
    public var version: String?
    public var degraded: Bool?
    public var degradedErr: String?
}

/// A member of a cluster.
public struct CoreClusterNode: Codable, Sendable, Hashable {
    public var id: String
    public var name: String?
    public var version: String?
    public var status: String?
    public var error: String?
    public var voter: Bool?
    public var leader: Bool?
    public var address: String?
    /// RFC 3339.
    public var createdAt: String?
    public var uptimeSeconds: Double?
    public var lastContactMs: Double?
    public var latencyMs: Double?
    public var resources: JSONValue?
    /// Older versions: `online` or `offline`, and seconds since 1970.
    public var state: String?
    public var lastUpdate: Int?
}

/// How to reach a Core that is to join a cluster.
public struct CoreClusterNodeAddress: Sendable, Hashable {
    public var address: String
    public var username: String
    public var password: Secret

    public init(address: String, username: String, password: Secret) {
        (self.address, self.username, self.password) = (address, username, password)
    }

    var body: JSONValue {
        ["address": .string(address), "username": .string(username), "password": .string(password.reveal())]
    }
}
