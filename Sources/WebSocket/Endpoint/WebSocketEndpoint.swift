// SPDX-License-Identifier: Apache-2.0

/// Where a WebSocket server listens: a host and a port, or a Unix domain socket of this machine.
public struct WebSocketEndpoint: Sendable, Hashable {
    /// A name or a numeric address; IPv6 without brackets. Empty for a Unix domain socket.
    public var host: String
    /// From 1 to 65535; 0 for a Unix domain socket.
    public var port: Int
    /// A Unix domain socket in the place of host and port: a file, or behind an `@` a name that lives in no folder
    /// (the abstract names of unix(7)). Such a connection needs no network, not even a loopback.
    public var socket: String?
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

    /// A Unix domain socket.
    ///
    /// - Parameter socket: at most 107 bytes.
    public init(socket: String, path: String = "/") {
        self.init(host: "", port: 0, path: path)
        self.socket = socket
    }

    /// How many bytes the name of a Unix domain socket may have, its terminating zero left out.
    static let longestSocket = 107

    /// Host and port as a `Host` header names them.
    public var authority: String {
        if socket != nil { return "localhost" }
        return (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}

extension WebSocketEndpoint: CustomStringConvertible {
    /// The address as a URL, without the path when that is only a slash.
    public var description: String {
        if let socket { return "unix:" + socket + (path == "/" ? "" : ":" + path) }
        return (isSecure ? "wss://" : "ws://") + authority + (path == "/" ? "" : path)
    }
}
