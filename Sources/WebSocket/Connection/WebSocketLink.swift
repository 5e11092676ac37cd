// SPDX-License-Identifier: Apache-2.0
import CLibWebSockets
import CWebSocketShim
import JSONRPC
import Synchronization

/// One open connection: what its service thread and its users share.
///
/// Unchecked because the variables are touched on the service thread alone; everything else is constant or
/// guards itself.
final class WebSocketLink: @unchecked Sendable {
    /// How much a connection takes, and how patient it is.
    struct Limits: Sendable {
        var maxMessageBytes: Int
        /// How long one message may take to leave; `nil` waits for ever.
        var sendSeconds: Int32?
    }

    let peer: String
    let inbox = Inbox()
    let outbox = Outbox()
    let ended = Promise<Void>()
    private let service: ServiceThread
    private let limits: Limits

    private var wsi: OpaquePointer?
    private var assembled: [UInt8] = []
    private var isInsideMessage = false
    private var isBinary = false
    private var firstByteAt: ContinuousClock.Instant?
    private var isClosing = false
    private var closeCode: Int32 = 1000
    /// What the other side gave as its reason to close.
    private var peerReason: (code: Int, text: String)?
    /// Why this side broke off, if it was for a fault.
    private var fault: WebSocketError?

    init(wsi: OpaquePointer, peer: String, service: ServiceThread, limits: Limits) {
        self.wsi = wsi
        self.peer = peer
        self.service = service
        self.limits = limits
    }

    // MARK: From any thread

    func send(_ message: TransportMessage) async throws {
        guard message.byteCount <= Int(Int32.max) - 64 else {
            throw WebSocketError(.tooLarge, "a message of \(message.byteCount) bytes to \(peer) is beyond 2 GiB")
        }
        try await outbox.send(message) { service.perform { self.askToWrite() } }
    }

    func nextArrival() async throws -> ArrivedMessage? {
        try await inbox.next { service.perform { self.resumeReading() } }
    }

    /// Begins the end: what is in line goes out, then a close frame. At most seconds later all is over.
    func beginClose(code: Int32 = 1000) {
        outbox.refuse(WebSocketError(.closed, "the connection to \(peer) has been closed"))
        service.perform { self.startClosing(code) }
    }

    // MARK: On the service thread

    private func askToWrite() {
        guard let wsi else { return }
        lws_callback_on_writable(wsi)
    }

    private func resumeReading() {
        guard let wsi else { return }
        lws_rx_flow_control(wsi, 1)
    }

    private func startClosing(_ code: Int32) {
        guard let wsi, !isClosing else { return }
        isClosing = true
        closeCode = code
        // Whatever the other side does or does not, this ends it; the library's close handshake sets its own.
        lws_set_timeout(wsi, Self.userTimeout, 5)
        lws_rx_flow_control(wsi, 1)
        lws_callback_on_writable(wsi)
    }

    static let userTimeout = pending_timeout(1000)

    /// The socket takes bytes, and the library has none left of an earlier message.
    func writable(_ wsi: OpaquePointer) -> Int32 {
        guard lws_partial_buffered(wsi) == 0 else {
            lws_callback_on_writable(wsi)
            return 0
        }
        outbox.finishInFlight()
        guard let message = outbox.takeNext() else {
            if limits.sendSeconds != nil, !isClosing { lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0) }
            guard isClosing else { return 0 }
            cws_set_close_reason(wsi, closeCode)
            return -1
        }
        let status = Self.write(message, to: wsi)
        guard status == 0 else {
            fault = WebSocketError(
                Int(status) == cws_out_of_memory ? .resources : .lost,
                "a message of \(message.byteCount) bytes could not be sent to \(peer)")
            return -1
        }
        if let seconds = limits.sendSeconds, !isClosing { lws_set_timeout(wsi, Self.userTimeout, seconds) }
        lws_callback_on_writable(wsi)
        return 0
    }

    private static func write(_ message: TransportMessage, to wsi: OpaquePointer) -> Int32 {
        switch message {
        case .text(var text):
            text.withUTF8 { cws_write_message(wsi, $0.baseAddress, $0.count, 1) }
        case .binary(let bytes):
            bytes.withUnsafeBytes { cws_write_message(wsi, $0.baseAddress, $0.count, 0) }
        }
    }

    /// A part of a message has come.
    func receive(_ wsi: OpaquePointer, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        guard !isClosing else { return 0 }
        // Up to 2^64 - 1 by the frame's own word, of which the library makes a signed number.
        let remaining = lws_remaining_packet_payload(wsi)
        let (total, isHuge) = (assembled.count + bytes.count).addingReportingOverflow(remaining)
        guard remaining >= 0, !isHuge, total <= limits.maxMessageBytes else {
            return fail(
                wsi, code: 1009,
                WebSocketError(
                    .tooLarge,
                    "a message from \(peer) is larger than the limit of \(limits.maxMessageBytes) bytes"))
        }
        if !isInsideMessage {
            isInsideMessage = true
            isBinary = lws_frame_is_binary(wsi) != 0
            firstByteAt = .now
            // The other side may claim any size; beyond this the buffer grows with what really comes.
            assembled.reserveCapacity(min(total, 64 << 20))
        }
        assembled.append(contentsOf: bytes)
        guard remaining == 0, lws_is_final_fragment(wsi) != 0 else { return 0 }
        return deliver(wsi)
    }

    private func deliver(_ wsi: OpaquePointer) -> Int32 {
        let message: TransportMessage
        if isBinary {
            message = .binary(assembled)
        } else if let text = String(validating: assembled, as: UTF8.self) {
            message = .text(text)
        } else {
            return fail(
                wsi, code: 1007, WebSocketError(.protocolViolation, "\(peer) sent a text message that is no UTF-8"))
        }
        assembled = []
        isInsideMessage = false
        if inbox.put(ArrivedMessage(message, firstByteAt: firstByteAt)) { lws_rx_flow_control(wsi, 0) }
        return 0
    }

    private func fail(_ wsi: OpaquePointer, code: Int32, _ error: WebSocketError) -> Int32 {
        fault = error
        cws_set_close_reason(wsi, code)
        return -1
    }

    /// The other side wants to close; its reason comes as two bytes and text.
    func peerCloses(_ bytes: UnsafeRawBufferPointer) {
        let code = bytes.count >= 2 ? Int(bytes[0]) << 8 | Int(bytes[1]) : 1005
        peerReason = (code, String(decoding: bytes.dropFirst(2), as: UTF8.self))
    }

    /// The connection is no more.
    func closed() {
        guard wsi != nil else { return }
        wsi = nil
        let error = reasonOfEnd()
        inbox.end(error)
        outbox.end(
            error
                ?? (isClosing
                    ? WebSocketError(.closed, "the connection to \(peer) has been closed")
                    : WebSocketError(.lost, "\(peer) closed the connection")))
        assembled = []
        ended.fulfil(())
    }

    /// `nil` for an end in good order.
    private func reasonOfEnd() -> WebSocketError? {
        if let fault { return fault }
        if isClosing { return nil }
        guard let (code, text) = peerReason else {
            let stage = isInsideMessage ? ", after \(assembled.count) bytes of a message" : ""
            return WebSocketError(
                .lost, "the connection to \(peer) was lost\(stage): the other side has ended or the network failed")
        }
        if [1000, 1001, 1005].contains(code) { return nil }
        return WebSocketError(
            code == 1009 ? .tooLarge : .lost,
            "\(peer) closed the connection with code \(code)\(text.isEmpty ? "" : " (\(text))")")
    }
}
