// SPDX-License-Identifier: Apache-2.0
import CLibWebSockets
import CWebSocketShim
import Glibc
import Synchronization

/// One try to connect to one address, and the handler of the connection that comes of it.
///
/// Unchecked because the variables are touched on the service thread alone.
final class ConnectAttempt: ServiceHandler, @unchecked Sendable {
    let endpoint: WebSocketEndpoint
    let address: NumericAddress
    let tls: WebSocketTLS
    let headers: [(name: String, value: String)]
    let limits: WebSocketLink.Limits
    let outcome = Promise<Result<WebSocketLink, WebSocketError>>()

    private var wsi: OpaquePointer?
    private var hasSentHandshake = false
    private var certificateReason: String?

    init(
        _ endpoint: WebSocketEndpoint, at address: NumericAddress, tls: WebSocketTLS,
        headers: [(name: String, value: String)], limits: WebSocketLink.Limits
    ) {
        self.endpoint = endpoint
        self.address = address
        self.tls = tls
        self.headers = headers
        self.limits = limits
    }

    /// Begins; the outcome follows.
    func begin(on service: ServiceThread) {
        guard let library = service.library else { return }
        var flags = LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue
        if endpoint.isSecure {
            flags |= LCCSCF_USE_SSL.rawValue
            // Of an IPv6 address the library would check only what stands before its first colon.
            if tls.allowsInsecure || endpoint.host.contains(":") {
                flags |= LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK.rawValue
            }
        }
        address.text.withCString { address in
            endpoint.authority.withCString { authority in
                endpoint.path.withCString { path in
                    "http/1.1".withCString { alpn in
                        var info = lws_client_connect_info()
                        info.context = library.context
                        info.vhost = library.vhost
                        info.address = address
                        info.port = Int32(endpoint.port)
                        info.path = path
                        info.host = authority
                        info.alpn = alpn
                        info.ssl_connection = Int32(bitPattern: flags)
                        info.retry_and_idle_policy = service.idlePolicy
                        info.ietf_version_or_minus_one = -1
                        wsi = lws_client_connect_via_info(&info)
                    }
                }
            }
        }
        if wsi == nil { fail(.refused, "the connection could not be begun") }
    }

    func handle(_ event: LibraryEvent, on service: ServiceThread) -> Int32 {
        switch event.reason {
        case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER:
            hasSentHandshake = true
            return append(headers, to: event)
        case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
            return verifyCertificate(event)
        case LWS_CALLBACK_CLIENT_ESTABLISHED:
            let link = WebSocketLink(
                wsi: event.wsi, peer: endpoint.description, service: service, limits: limits)
            service.add(link, for: event.wsi)
            outcome.fulfil(.success(link))
        case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
            explain(String(decoding: event.bytes, as: UTF8.self), event.wsi)
            service.stop()
        case LWS_CALLBACK_CLIENT_CLOSED, LWS_CALLBACK_CLOSED_CLIENT_HTTP:
            service.stop()
        case LWS_CALLBACK_CLIENT_HTTP_REDIRECT: return -1
        default: break
        }
        return 0
    }

    func serviceEnded() { fail(.lost, "the server closed the connection during the handshake\(Self.crowded)") }

    /// Which limit a silent or curt server has most likely reached.
    static let crowded = "; its limit of clients (--max-clients) may be reached"

    /// What is known when the time is over.
    func timeoutError(after timeout: Duration) -> WebSocketError {
        let isConnected = self.isConnected.withLock { $0 }
        let reason =
            isConnected
            ? "accepted the connection but said nothing for \(timeout.text)\(Self.crowded), it may be busy, or it is "
                + "no WebSocket server"
            : "did not accept a connection within \(timeout.text); check the address and firewalls"
        return WebSocketError(.deadline, "\(endpoint) \(reason)")
    }

    /// Whether TCP is through; looked up when the time is over.
    private let isConnected = Mutex(false)

    func noteState() {
        guard let wsi, outcome.isOpen else { return }
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getpeername(lws_get_socket_fd(wsi), $0, &size)
            }
        }
        isConnected.withLock { $0 = status == 0 }
    }

    private func fail(_ code: WebSocketError.Code, _ reason: String) {
        outcome.fulfil(.failure(WebSocketError(code, "\(endpoint): \(reason)")))
    }

    /// The library's word for a failure in a sentence for people.
    private func explain(_ word: String, _ wsi: OpaquePointer) {
        self.wsi = nil
        if let certificateReason {
            return fail(
                .certificate,
                "its certificate is not accepted (\(certificateReason)); give its CA file, use the name that stands "
                    + "in it, or allow insecure connections")
        }
        if word.hasPrefix("connect S") {
            return fail(.protocolViolation, "no TLS connection comes about (\(word)): does the server speak wss?")
        }
        guard hasSentHandshake else {
            let place = endpoint.socket.map { "the socket \($0)" } ?? "\(address.text), port \(endpoint.port)"
            return fail(.refused, "nothing accepts connections at \(place): is it running?")
        }
        let status = lws_http_client_http_response(wsi)
        switch (status, word) {
        case (503, _): fail(.refused, "it takes no more clients now (HTTP 503)\(Self.crowded)")
        case (404, _): fail(.refused, "there is no WebSocket at this path (HTTP 404)")
        case (401, _), (403, _): fail(.refused, "it refuses this client (HTTP \(status))")
        case (200...599, _), (100, _):
            fail(.protocolViolation, "it answered with HTTP \(status) and not as a WebSocket server")
        case (_, "Peer hung up"), (_, "read failed"), (_, "unknown"), (_, ""):
            fail(.lost, "the server closed the connection during the handshake\(Self.crowded)")
        default: fail(.protocolViolation, "it does not answer as a WebSocket server (\(word))")
        }
    }

    private func verifyCertificate(_ event: LibraryEvent) -> Int32 {
        var reason = [CChar](repeating: 0, count: 200)
        let status = (endpoint.host.contains(":") ? endpoint.host : nil).withOptionalCString {
            cws_verify_certificate(
                event.user, Int32(event.length), $0, tls.allowsInsecure ? 1 : 0, &reason, reason.count)
        }
        if status != 0 { certificateReason = text(of: reason) }
        return status
    }

    /// Writes header lines where the library has left room.
    private func append(_ headers: [(name: String, value: String)], to event: LibraryEvent) -> Int32 {
        guard let place = event.input?.assumingMemoryBound(to: UnsafeMutablePointer<UInt8>?.self) else { return 0 }
        let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined().utf8
        guard let start = place.pointee, lines.count < event.length else { return lines.isEmpty ? 0 : -1 }
        for (index, byte) in lines.enumerated() { start[index] = byte }
        place.pointee = start + lines.count
        return 0
    }
}

extension Duration {
    /// The duration for people: "10 s", "0.25 s".
    var text: String {
        let milliseconds = (Double(components.seconds) * 1000 + Double(components.attoseconds) * 1e-15).rounded()
        let seconds = milliseconds / 1000
        return seconds == seconds.rounded() ? "\(Int64(clamping: Int(seconds))) s" : "\(seconds) s"
    }
}
