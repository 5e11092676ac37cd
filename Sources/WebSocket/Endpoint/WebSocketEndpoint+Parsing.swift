// SPDX-License-Identifier: Apache-2.0

extension WebSocketEndpoint {
    /// Reads an address as users of Brayns write it.
    ///
    /// `localhost:5000`, `ws://node7:5000/path`, `wss://node7` (port 443), `[::1]:5000`. Without a scheme the
    /// connection is not encrypted, and the port is required. `unix:/run/renderer.sock` is a socket of this machine.
    public init(_ text: String) throws(WebSocketError) {
        let trimmed = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard !trimmed.isEmpty else { throw Self.refusal(text, "it is empty") }
        if let (socket, path) = try Self.socket(trimmed, of: text) {
            self.init(socket: socket, path: path)
            return
        }
        guard trimmed.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else {
            throw Self.refusal(text, "it holds white space or control characters")
        }
        let (scheme, rest) = try Self.split(trimmed, of: text)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let tail = rest[end...].prefix { $0 != "#" }
        let (host, port) = try Self.hostAndPort(rest[..<end], of: text)
        let isSecure = scheme == "wss"
        guard let port = port ?? (scheme == nil ? nil : isSecure ? 443 : 80) else {
            throw Self.refusal(text, "the port is missing")
        }
        self.init(
            host: host, port: port, path: tail.hasPrefix("/") ? String(tail) : "/" + tail, isSecure: isSecure)
    }

    /// `unix:/run/a.sock` or `unix:@name`, and behind a further colon the path that is asked for.
    private static func socket(
        _ address: String, of text: String
    ) throws(WebSocketError) -> (name: String, path: String)? {
        guard address.lowercased().hasPrefix("unix:") else { return nil }
        let rest = address.dropFirst("unix:".count)
        let parting = rest.firstRange(of: ":/")
        let name = String(parting.map { rest[..<$0.lowerBound] } ?? rest)
        let path = parting.map { String(rest[rest.index(after: $0.lowerBound)...]) } ?? "/"
        guard name.hasPrefix("/") || name.hasPrefix("@"), name.count > 1 else {
            throw refusal(text, "behind unix: stands a whole path, or @ and a name")
        }
        guard address.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }), !path.contains(" ") else {
            throw refusal(text, "it holds control characters, or a space in the path")
        }
        guard name.utf8.count <= longestSocket else {
            throw refusal(text, "a socket's name has at most \(longestSocket) bytes")
        }
        return (name, path)
    }

    private static func split(
        _ address: String, of text: String
    ) throws(WebSocketError) -> (scheme: String?, rest: Substring) {
        guard let range = address.firstRange(of: "://") else { return (nil, address[...]) }
        let scheme = address[..<range.lowerBound].lowercased()
        guard scheme == "ws" || scheme == "wss" else {
            throw refusal(text, "the scheme '\(scheme)' is neither ws nor wss")
        }
        return (scheme, address[range.upperBound...])
    }

    private static func hostAndPort(
        _ authority: Substring, of text: String
    ) throws(WebSocketError) -> (host: String, port: Int?) {
        guard !authority.contains("@") else { throw refusal(text, "user names are not supported") }
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw refusal(text, "the bracket is not closed") }
            host = authority[authority.index(after: authority.startIndex)..<close]
            rest = authority[authority.index(after: close)...]
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || ":.%".contains($0) || $0.isLetter }) else {
                throw refusal(text, "'\(host)' is no IPv6 address")
            }
        } else {
            let colon = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<colon]
            rest = authority[colon...]
            guard !rest.dropFirst().contains(":") else {
                throw refusal(text, "an IPv6 address needs brackets, as in [::1]:5000")
            }
        }
        guard !host.isEmpty else { throw refusal(text, "the host is missing") }
        if rest.isEmpty { return (String(host), nil) }
        guard rest.hasPrefix(":") else { throw refusal(text, "'\(rest)' is no port from 1 to 65535") }
        guard let port = Int(rest.dropFirst()), rest.dropFirst().allSatisfy(\.isNumber),
            (1...65535).contains(port)
        else { throw refusal(text, "'\(rest.dropFirst())' is no port from 1 to 65535") }
        return (String(host), port)
    }

    private static func refusal(_ text: String, _ reason: String) -> WebSocketError {
        WebSocketError(
            .badEndpoint,
            "'\(text)' is no server address: \(reason); write host:port, ws://host:port, wss://host:port or unix:/path")
    }
}
