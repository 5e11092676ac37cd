// SPDX-License-Identifier: Apache-2.0
import CLibWebSockets
import CWebSocketShim
import Foundation
import JSONRPC

/// What a server does with those who come.
///
/// Unchecked because the variables are touched on the service thread alone.
final class ServerCore: ServiceHandler, @unchecked Sendable {
    private let options: WebSocketServer.Options
    private let arrivals: AsyncStream<WebSocketConnection>.Continuation
    private var isStopping = false
    private var whenQuiet: (() -> Void)?
    private var line = WaitingLine()
    /// Those of the line whose turn has come and who are not clients yet.
    private var admitted: Set<OpaquePointer> = []
    private var nextLook: Alarm?

    init(options: WebSocketServer.Options, arrivals: AsyncStream<WebSocketConnection>.Continuation) {
        self.options = options
        self.arrivals = arrivals
    }

    /// Refuses newcomers and says goodbye to all who are here.
    func beginStop(_ service: ServiceThread, whenQuiet: @escaping () -> Void) {
        isStopping = true
        line.close()
        arrivals.finish()
        self.whenQuiet = whenQuiet
        for link in service.allLinks { link.beginClose(code: 1001) }
        tellIfQuiet(service)
    }

    private func tellIfQuiet(_ service: ServiceThread) {
        guard isStopping, service.linkCount == 0 else { return }
        whenQuiet?()
        whenQuiet = nil
    }

    func serviceEnded() {
        nextLook = nil
        line.close()
        arrivals.finish()
        whenQuiet?()
        whenQuiet = nil
    }

    func handle(_ event: LibraryEvent, on service: ServiceThread) -> Int32 {
        switch event.reason {
        case LWS_CALLBACK_FILTER_NETWORK_CONNECTION: return letIn(event, on: service)
        case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE: return confirmUpgrade(event, on: service)
        case LWS_CALLBACK_HTTP: return answerPlain(event)
        case LWS_CALLBACK_ESTABLISHED: return accept(event, on: service)
        case LWS_CALLBACK_CLOSED:
            tellIfQuiet(service)
            if line.count > 0 { service.perform { self.advance(service) } }
            return 0
        case LWS_CALLBACK_CLOSED_HTTP, LWS_CALLBACK_WSI_DESTROY:
            admitted.remove(event.wsi)
            return 0
        // Whoever speaks neither HTTP nor WebSocket has nothing to look for here.
        case LWS_CALLBACK_RAW_ADOPT, LWS_CALLBACK_RAW_CONNECTED, LWS_CALLBACK_RAW_RX: return -1
        default: return 0
        }
    }

    // MARK: Waiting in line

    /// Lets a new connection in, or has it wait until a place is free.
    ///
    /// The library closes its own descriptor of one that waits; the connection lives on in the line's.
    private func letIn(_ event: LibraryEvent, on service: ServiceThread) -> Int32 {
        guard !isStopping else { return 1 }
        let isFull = service.linkCount + admitted.count >= options.maxClients
        guard isFull || line.count > 0, line.count < options.maxWaiting,
            line.add(copyOf: Int32(truncatingIfNeeded: Int(bitPattern: event.input)))
        else { return 0 }
        lookSoon(service)
        return 1
    }

    /// Lets those in whose turn it is.
    private func advance(_ service: ServiceThread) {
        guard !isStopping, let vhost = service.library?.vhost else { return }
        for (descriptor, isClient) in line.next(places: options.maxClients - service.linkCount - admitted.count) {
            // On failure the library has closed the descriptor.
            guard let wsi = lws_adopt_socket_vhost(vhost, descriptor), isClient else { continue }
            admitted.insert(wsi)
        }
        if line.count > 0 { lookSoon(service) }
    }

    /// Requests of those who wait, and goodbyes, are looked for now and then.
    private func lookSoon(_ service: ServiceThread) {
        nextLook = Alarm(after: .milliseconds(50)) { [weak self, weak service] in
            guard let self, let service else { return }
            service.perform { self.advance(service) }
        }
    }

    private func accept(_ event: LibraryEvent, on service: ServiceThread) -> Int32 {
        var name = [CChar](repeating: 0, count: 64)
        lws_get_peer_simple(event.wsi, &name, name.count)
        let limits = WebSocketLink.Limits(
            maxMessageBytes: min(options.maxMessageBytes, Int(Int32.max)),
            sendSeconds: options.sendTimeout.map { Int32(clamping: max(1, $0.components.seconds)) })
        let peer = options.socket ?? "client \(text(of: name))"
        let link = WebSocketLink(wsi: event.wsi, peer: peer, service: service, limits: limits)
        admitted.remove(event.wsi)
        service.add(link, for: event.wsi)
        arrivals.yield(WebSocketConnection(link: link))
        return 0
    }

    // MARK: HTTP

    /// Lets a WebSocket handshake through or answers it otherwise.
    private func confirmUpgrade(_ event: LibraryEvent, on service: ServiceThread) -> Int32 {
        let kind = event.input.map { String(cString: $0.assumingMemoryBound(to: CChar.self)) } ?? ""
        guard kind.lowercased() == "websocket" else { return refuse(event, Self.noHandshake) }
        let path = header(WSI_TOKEN_GET_URI, of: event.wsi) ?? ""
        if let required = options.requiredPath, !Self.areSame(path, required) {
            return refuse(event, ("404 Not Found", "Not found"))
        }
        guard service.linkCount < options.maxClients, !isStopping else {
            return refuse(event, ("503 Service Unavailable", "The limit of clients is reached"))
        }
        nameSubprotocol(of: event.wsi, service)
        return 0
    }

    /// Gives the library's second protocol the name that the client asks for, for this handshake. Brayns
    /// ignores such wishes; the library would hang up, and browsers hang up when they are ignored.
    private func nameSubprotocol(of wsi: OpaquePointer, _ service: ServiceThread) {
        guard let name = service.library?.subprotocol else { return }
        let wishes = header(WSI_TOKEN_PROTOCOL, of: wsi) ?? ""
        let first = wishes.split { $0 == "," || $0 == " " }.first ?? ""
        name.initialize(repeating: 0)
        for (index, byte) in first.utf8.prefix(name.count - 1).enumerated() { name[index] = CChar(bitPattern: byte) }
    }

    private static let noHandshake = ("400 Bad Request", "WebSocket Exception: No WebSocket handshake")

    private func answerPlain(_ event: LibraryEvent) -> Int32 {
        let path = event.input.map { String(cString: $0.assumingMemoryBound(to: CChar.self)) } ?? ""
        let isHealthQuestion = options.healthz && path == "/healthz" && header(WSI_TOKEN_GET_URI, of: event.wsi) != nil
        return refuse(event, isHealthQuestion ? ("200 OK", "Ok") : Self.noHandshake)
    }

    /// Answers in plain HTTP and hangs up, both as Brayns does.
    private func refuse(_ event: LibraryEvent, _ answer: (status: String, body: String)) -> Int32 {
        let head = "HTTP/1.1 \(answer.status)\r\nDate: \(Self.httpDate())\r\nConnection: Close\r\n\r\n"
        let bytes = Array((head + answer.body).utf8)
        // Whether the answer arrives is the client's affair: the connection ends either way.
        _ = cws_write_http(event.wsi, bytes, bytes.count)
        return -1
    }

    private func header(_ token: lws_token_indexes, of wsi: OpaquePointer) -> String? {
        let length = Int(lws_hdr_total_length(wsi, token))
        guard length > 0 else { return nil }
        var value = [CChar](repeating: 0, count: length + 1)
        guard lws_hdr_copy(wsi, &value, Int32(value.count), token) >= 0 else { return nil }
        return text(of: value)
    }

    /// Compares in a time that does not tell how much was right.
    private static func areSame(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func httpDate() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
        let day = parts.tm_mday < 10 ? "0\(parts.tm_mday)" : "\(parts.tm_mday)"
        return "\(days[Int(parts.tm_wday)]), \(day) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + clock.joined(separator: ":") + " GMT"
    }
}
