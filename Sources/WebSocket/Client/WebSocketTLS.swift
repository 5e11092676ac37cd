// SPDX-License-Identifier: Apache-2.0

/// How a client checks the server of a `wss` connection.
public struct WebSocketTLS: Sendable, Hashable {
    /// A PEM file of the certificates to trust in place of the system's; `nil` trusts the system's.
    public var caFile: String?
    /// Takes any certificate from anyone. For tests on one's own machine.
    public var allowsInsecure: Bool

    public init(caFile: String? = nil, allowsInsecure: Bool = false) {
        self.caFile = caFile
        self.allowsInsecure = allowsInsecure
    }
}
