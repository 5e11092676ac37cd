// SPDX-License-Identifier: Apache-2.0

/// Where a WebSocket server listens.
public struct WebSocketEndpoint: Sendable, Hashable {
    /// A name or a numeric address; IPv6 without brackets.
    public var host: String
    /// From 1 to 65535.
    public var port: Int
    /// Begins with a slash; may hold a query.
    public var path: String
    /// Whether the connection is encrypted.
    public var isSecure: Bool

    public init(host: String, port: Int, path: String = "/", isSecure: Bool = false) {
        self.host = host
        self.port = port
        self.path = path
        self.isSecure = isSecure
    }

    /// Host and port as a `Host` header names them.
    public var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}

extension WebSocketEndpoint: CustomStringConvertible {
    /// The address as a URL, without the path when that is only a slash.
    public var description: String {
        (isSecure ? "wss://" : "ws://") + authority + (path == "/" ? "" : path)
    }
}
