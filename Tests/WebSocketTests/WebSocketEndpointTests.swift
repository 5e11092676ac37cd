// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocket

@Suite struct WebSocketEndpointTests {
    @Test(
        "addresses are read as users of Brayns write them",
        arguments: [
            ("localhost:5000", WebSocketEndpoint(host: "localhost", port: 5000)),
            ("127.0.0.1:1", WebSocketEndpoint(host: "127.0.0.1", port: 1)),
            (" node7:5000\n", WebSocketEndpoint(host: "node7", port: 5000)),
            ("ws://node7:5000", WebSocketEndpoint(host: "node7", port: 5000)),
            ("WS://node7:5000/a/b?c=d#e", WebSocketEndpoint(host: "node7", port: 5000, path: "/a/b?c=d")),
            ("wss://node7", WebSocketEndpoint(host: "node7", port: 443, isSecure: true)),
            ("ws://node7", WebSocketEndpoint(host: "node7", port: 80)),
            ("wss://node7:5000?x=1", WebSocketEndpoint(host: "node7", port: 5000, path: "/?x=1", isSecure: true)),
            ("[::1]:5000", WebSocketEndpoint(host: "::1", port: 5000)),
            ("unix:/run/a b.sock", WebSocketEndpoint(socket: "/run/a b.sock")),
            ("UNIX:@name", WebSocketEndpoint(socket: "@name")),
            ("unix:/run/a.sock:/b/c?d", WebSocketEndpoint(socket: "/run/a.sock", path: "/b/c?d")),
            (
                "wss://[fe80::1%eth0]:5000/p",
                WebSocketEndpoint(host: "fe80::1%eth0", port: 5000, path: "/p", isSecure: true)
            ),
        ])
    func reading(text: String, endpoint: WebSocketEndpoint) throws {
        #expect(try WebSocketEndpoint(text) == endpoint)
    }

    @Test(
        "what is no address is refused with the reason",
        arguments: [
            ("", "it is empty"), ("   ", "it is empty"), ("localhost", "the port is missing"),
            ("http://a:1", "the scheme 'http' is neither ws nor wss"), ("ws://", "the host is missing"),
            (":5000", "the host is missing"), ("a:0", "'0' is no port from 1 to 65535"),
            ("a:65536", "'65536' is no port from 1 to 65535"), ("a:b", "'b' is no port from 1 to 65535"),
            ("a:", "'' is no port from 1 to 65535"), ("a:+5", "'+5' is no port from 1 to 65535"),
            ("::1:5000", "an IPv6 address needs brackets"), ("[::1", "the bracket is not closed"),
            ("[::1]5000", "'5000' is no port"), ("[]:5000", "'' is no IPv6 address"),
            ("[localhost]:5000", "'localhost' is no IPv6 address"), ("a b:1", "white space or control characters"),
            ("a\r\nb:1", "white space or control characters"), ("user:pass@a:1", "user names are not supported"),
            ("unix:", "behind unix: stands a whole path"), ("unix:a.sock", "behind unix: stands a whole path"),
            ("unix:/", "behind unix: stands a whole path"), ("unix:/a\u{1}b", "control characters"),
            ("unix:@a:/b c", "a space in the path"),
            ("unix:/" + String(repeating: "a", count: 107), "at most 107 bytes"),
        ])
    func refusing(text: String, reason: String) {
        let error = #expect(throws: WebSocketError.self) { try WebSocketEndpoint(text) }
        #expect(error?.code == .badEndpoint)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test(
        "an address is written so that it reads back",
        arguments: [
            "ws://node7:5000", "wss://node7:443/path?x", "ws://[::1]:5000", "unix:/run/a.sock", "unix:@name",
            "unix:@a:/b",
        ])
    func writing(text: String) throws {
        let endpoint = try WebSocketEndpoint(text)
        #expect(endpoint.description == text)
        #expect(try WebSocketEndpoint(endpoint.description) == endpoint)
    }
}
