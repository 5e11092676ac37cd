// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC

/// A cluster's members. No released Core has these routes: `vod` (16.20) has the first two, the others were dropped
/// with the first experiment; where they are absent they throw `ServiceError` with `.notSupported`.
extension CoreClient {
    /// The cluster and its members.
    public func cluster() async throws -> CoreCluster {
        try await fetch(call(.get, ["cluster"], purpose: "show its cluster"))
    }

    /// A member.
    public func clusterNode(_ id: String) async throws -> CoreClusterNode {
        try await fetch(call(.get, ["cluster", "node", id], purpose: "show the node \(id)"))
    }

    /// Takes a Core into the cluster.
    public func addClusterNode(_ node: CoreClusterNodeAddress) async throws {
        try await send(node, .post, ["cluster", "node"], "add a node")
    }

    /// Changes how a member is reached.
    public func changeClusterNode(_ id: String, _ node: CoreClusterNodeAddress) async throws {
        try await send(node, .put, ["cluster", "node", id], "change the node \(id)")
    }

    /// Takes a Core out of the cluster.
    public func deleteClusterNode(_ id: String) async throws {
        try await collect(call(.delete, ["cluster", "node", id], purpose: "remove the node \(id)"))
    }

    /// The files that a member serves for the cluster.
    public func clusterNodeProxy(_ id: String) async throws -> JSONValue {
        try await fetch(call(.get, ["cluster", "node", id, "proxy"], purpose: "show the files of the node \(id)"))
    }
}

extension CoreClient {
    private func send(
        _ node: CoreClusterNodeAddress, _ method: HTTPRequest.Method, _ parts: [String], _ purpose: String
    ) async throws {
        var call = try call(method, parts, purpose: purpose, body: body(node.body))
        call.secrets = [node.password]
        try await collect(call)
    }
}
