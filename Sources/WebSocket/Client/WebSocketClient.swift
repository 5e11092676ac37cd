// SPDX-License-Identifier: Apache-2.0

/// Opens connections to WebSocket servers.
///
/// Each connection has a libwebsockets context and a thread of its own: several would fit into one context,
/// but its one thread reads no more than about 250 MB/s.
public enum WebSocketClient {
    /// Connects, and returns when the server has agreed to speak WebSocket.
    ///
    /// No pings are sent, ever: Brayns takes them for goodbyes. TCP keep-alive finds out about dead peers.
    /// - Parameters:
    ///   - timeout: for everything: name look-up, TCP, TLS, handshake.
    ///   - maxMessageBytes: a larger message from the server ends the connection; at most 2^31 - 1.
    ///   - headers: sent with the handshake in addition to the usual ones.
    public static func connect(
        to endpoint: WebSocketEndpoint, tls: WebSocketTLS = WebSocketTLS(), timeout: Duration = .seconds(10),
        maxMessageBytes: Int = 512 << 20, headers: [(name: String, value: String)] = []
    ) async throws(WebSocketError) -> WebSocketConnection {
        try await connect(
            to: endpoint, tls: tls, timeout: timeout, maxMessageBytes: maxMessageBytes, headers: headers,
            sendsPings: false)
    }

    /// The same, with pings after a second of silence if wanted, which only a test does.
    static func connect(
        to endpoint: WebSocketEndpoint, tls: WebSocketTLS = WebSocketTLS(), timeout: Duration = .seconds(10),
        maxMessageBytes: Int = 512 << 20, headers: [(name: String, value: String)] = [], sendsPings: Bool
    ) async throws(WebSocketError) -> WebSocketConnection {
        for header in headers where !isSafe(header.name) || !isSafe(header.value) {
            throw WebSocketError(.configuration, "the header '\(header.name)' holds control characters")
        }
        guard isUsable(endpoint) else {
            throw WebSocketError(.badEndpoint, "'\(endpoint)' is no server address")
        }
        let end = ContinuousClock.now + timeout
        let addresses = try await addresses(of: endpoint, timeout: timeout)
        var failure = WebSocketError(.unknownHost, "the host '\(endpoint.host)' has no address: check its name")
        for (index, address) in addresses.enumerated() {
            let limits = WebSocketLink.Limits(maxMessageBytes: min(maxMessageBytes, Int(Int32.max)))
            let attempt = ConnectAttempt(endpoint, at: address, tls: tls, headers: headers, limits: limits)
            let share = (end - .now) / (addresses.count - index)
            do throws(WebSocketError) {
                return try await connect(attempt, timeout: share, sendsPings: sendsPings)
            } catch {
                failure = error
                // Only what lies before the server can be different at its next address.
                guard error.code == .refused || error.code == .deadline else { throw error }
            }
        }
        throw failure
    }

    private static func isUsable(_ endpoint: WebSocketEndpoint) -> Bool {
        if let socket = endpoint.socket {
            let isNamed = (socket.hasPrefix("/") || socket.hasPrefix("@")) && isSafe(socket)
            guard isNamed, (2...WebSocketEndpoint.longestSocket).contains(socket.utf8.count), !endpoint.isSecure else {
                return false
            }
        } else {
            guard (1...65535).contains(endpoint.port), isSafe(endpoint.host), !endpoint.host.contains(" ") else {
                return false
            }
        }
        return isSafe(endpoint.path) && !endpoint.path.contains(" ")
    }

    private static func addresses(
        of endpoint: WebSocketEndpoint, timeout: Duration
    ) async throws(WebSocketError) -> [NumericAddress] {
        guard let socket = endpoint.socket else {
            return try await AddressResolver.resolve(endpoint.host, timeout: timeout)
        }
        // By a plus sign the library tells sockets of the machine from hosts.
        return [NumericAddress(text: "+" + socket, isIPv6: false)]
    }

    private static func isSafe(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func connect(
        _ attempt: ConnectAttempt, timeout: Duration, sendsPings: Bool
    ) async throws(WebSocketError) -> WebSocketConnection {
        var configuration = ServiceConfiguration(usesIPv6: attempt.address.isIPv6, sendsPings: sendsPings)
        if attempt.endpoint.isSecure { configuration.tls = attempt.tls }
        let service = ServiceThread(configuration, handler: attempt)
        _ = try await service.start()
        service.perform { attempt.begin(on: service) }
        let timer = Task {
            do { try await Task.sleep(for: timeout) } catch { return }
            let noted = Promise<Void>()
            service.perform {
                attempt.noteState()
                noted.fulfil(())
            }
            // A name look-up or a stuck library must not keep the caller from its deadline.
            let bound = noted.fulfil((), after: .seconds(1))
            await noted.value()
            bound.cancel()
            attempt.outcome.fulfil(.failure(attempt.timeoutError(after: timeout)))
        }
        defer { timer.cancel() }
        let outcome = await withTaskCancellationHandler {
            await attempt.outcome.value()
        } onCancel: {
            let error = WebSocketError(.closed, "connecting to \(attempt.endpoint) was cancelled")
            attempt.outcome.fulfil(.failure(error))
        }
        switch outcome {
        case .success(let link):
            return WebSocketConnection(link: link) { await service.waitUntilEnded() }
        case .failure(let error):
            service.stop()
            throw error
        }
    }
}
