// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A client that writes what bytes it likes, never reads, and leaves when it likes. Every wait ends after 20 s.
final class RudeClient: @unchecked Sendable {
    // Unchecked: one test at a time uses it.
    private let descriptor: Int32

    /// Connects, and shakes hands as a WebSocket unless told otherwise.
    init(port: Int, shakesHands: Bool = true) throws {
        descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw POSIXError(.ECONNREFUSED) }
        guard shakesHands else { return }
        let lines = [
            "GET / HTTP/1.1", "Host: 127.0.0.1:\(port)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", "",
        ]
        write(Array(lines.joined(separator: "\r\n").utf8))
        var byte: UInt8 = 0
        var end: [UInt8] = []
        while end != Array("\r\n\r\n".utf8), recv(descriptor, &byte, 1, 0) == 1 { end = end.suffix(3) + [byte] }
    }

    deinit { leave() }

    private var hasLeft = false

    /// Writes until the peer takes no more: what it does not take is left out.
    func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// A masked frame that says it holds `length` bytes and begins with some.
    func writeFrame(opcode: UInt8, length: UInt64, start: [UInt8]) {
        let size = (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * UInt64($0))) }
        write([0x80 | opcode, 0x80 | 127] + size + [0, 0, 0, 0] + start)
    }

    /// Breaks the connection off at once.
    func leave() {
        guard !hasLeft else { return }
        hasLeft = true
        var abort = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &abort, socklen_t(MemoryLayout<linger>.size))
        close(descriptor)
    }
}
