// SPDX-License-Identifier: Apache-2.0

/// One frame as it goes over the wire (RFC 6455, section 5.2).
struct RawFrame {
    static let continuation: UInt8 = 0
    static let text: UInt8 = 1
    static let binary: UInt8 = 2
    static let close: UInt8 = 8
    static let ping: UInt8 = 9
    static let pong: UInt8 = 10

    var isFinal = true
    var opcode: UInt8
    var isMasked = false
    var payload: [UInt8]

    init(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) {
        self.opcode = opcode
        self.payload = payload
        self.isFinal = isFinal
    }

    /// Reads one frame and undoes its mask.
    init(from socket: RawSocket) throws {
        let head = try socket.read(2)
        isFinal = head[0] & 0x80 != 0
        opcode = head[0] & 0x0F
        isMasked = head[1] & 0x80 != 0
        var count = Int(head[1] & 0x7F)
        if count >= 126 {
            count = try socket.read(count == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
        }
        let mask = isMasked ? try socket.read(4) : [0, 0, 0, 0]
        payload = try socket.read(count)
        if isMasked { Self.apply(mask, to: &payload) }
    }

    /// The frame as a client sends it.
    func masked() -> [UInt8] {
        let mask: [UInt8] = [1, 2, 3, 4]
        var body = payload
        Self.apply(mask, to: &body)
        return header(flag: 0x80) + mask + body
    }

    /// The frame as a server sends it.
    func unmasked() -> [UInt8] { header(flag: 0) + payload }

    private func header(flag: UInt8) -> [UInt8] {
        let first = opcode | (isFinal ? 0x80 : 0)
        switch payload.count {
        case ..<126: return [first, flag | UInt8(payload.count)]
        case ..<65536: return [first, flag | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: return [first, flag | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
    }

    private static func apply(_ mask: [UInt8], to bytes: inout [UInt8]) {
        for index in bytes.indices { bytes[index] ^= mask[index & 3] }
    }
}

/// Both sides' handshakes with the key of the RFC, so that the answer is always the same.
enum RawHandshake {
    static func request(path: String = "/", port: Int, more: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\(more)\r\n"
    }

    static let acceptLine = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    /// Connects by hand and asks, without waiting for the answer.
    static func asked(_ port: Int) throws -> RawSocket {
        let socket = try RawSocket.connect(port)
        try socket.write(request(port: port))
        return socket
    }

    /// Connects by hand and returns when the server has agreed.
    static func connect(_ port: Int) throws -> RawSocket {
        let socket = try asked(port)
        let head = try socket.readHead()
        guard head.hasPrefix("HTTP/1.1 101"), head.contains(acceptLine) else { throw Refused(head: head) }
        return socket
    }

    struct Refused: Error { var head: String }

    /// Answers a client's handshake; returns what the client had asked.
    static func accept(_ socket: RawSocket) throws -> String {
        let head = try socket.readHead()
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("sec-websocket-key:") } ?? ""
        let key = line.split(separator: " ").last.map(String.init) ?? ""
        let accept = base64(SHA1.hash(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
        try socket.write(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Accept: \(accept)\r\n\r\n")
        return head
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return stride(from: 0, to: bytes.count, by: 3).map { start in
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
            let digits = (0...group.count).map { alphabet[word >> (18 - 6 * $0) & 63] }
            return String(digits) + String(repeating: "=", count: 3 - group.count)
        }.joined()
    }
}

/// SHA-1 (FIPS 180-4), which the handshake needs.
enum SHA1 {
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        padded += (0..<8).map { UInt8(truncatingIfNeeded: (message.count * 8) >> (56 - 8 * $0)) }
        for start in stride(from: 0, to: padded.count, by: 64) { mix(padded[start..<(start + 64)], into: &state) }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
    }

    private static func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { index in
            block[index..<(index + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<80 {
            words.append(rotate(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let (function, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotate(a, 5) &+ function &+ e &+ constant &+ word
            (e, d, c, b, a) = (d, c, rotate(b, 30), a, next)
        }
        for (index, value) in [a, b, c, d, e].enumerated() { state[index] &+= value }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
