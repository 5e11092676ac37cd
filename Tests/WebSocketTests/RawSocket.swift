// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A plain TCP socket that blocks, for tests that look at or write single bytes. Every wait ends after 20 s.
final class RawSocket: @unchecked Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { Glibc.close(descriptor) }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private static func withAddress<R>(_ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> R) -> R
    {
        withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
    }

    /// A listener on a free port.
    static func listener() throws -> (socket: RawSocket, port: Int) {
        let socket = RawSocket(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard withAddress(&address, { bind(socket.descriptor, $0, size) }) == 0,
            Glibc.listen(socket.descriptor, 16) == 0,
            withAddress(&address, { getsockname(socket.descriptor, $0, &size) }) == 0
        else { throw POSIXError(.EADDRINUSE) }
        return (socket, Int(in_port_t(bigEndian: address.sin_port)))
    }

    static func connect(_ port: Int) throws -> RawSocket {
        let socket = RawSocket(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var address = loopback(port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard withAddress(&address, { Glibc.connect(socket.descriptor, $0, size) }) == 0 else {
            throw POSIXError(.ECONNREFUSED)
        }
        return socket
    }

    func accept() throws -> RawSocket {
        let descriptor = Glibc.accept(self.descriptor, nil, nil)
        guard descriptor >= 0 else { throw POSIXError(.ETIMEDOUT) }
        return RawSocket(descriptor)
    }

    func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw POSIXError(.EPIPE) }
            sent += count
        }
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// What is there, `limit` bytes at most; empty at the end of the stream.
    func read(upTo limit: Int = 65536) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(descriptor, &buffer, limit, 0)
        guard count >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return Array(buffer[..<count])
    }

    /// Exactly so many bytes.
    func read(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let part = try read(upTo: min(1 << 20, count - bytes.count))
            guard !part.isEmpty else { throw POSIXError(.ECONNRESET) }
            bytes += part
        }
        return bytes
    }

    /// Everything up to the blank line that ends an HTTP head.
    func readHead() throws -> String {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) { bytes += try read(1) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Everything up to the end of the stream; a reset counts as an end.
    func readAll() -> [UInt8] {
        var bytes: [UInt8] = []
        while let part = try? read(), !part.isEmpty { bytes += part }
        return bytes
    }

    /// What arrives within a time.
    func read(for seconds: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, 50) > 0 else { continue }
            guard let part = try? read(), !part.isEmpty else { break }
            bytes += part
        }
        return bytes
    }

    /// Ends the connection with a reset in place of a goodbye.
    func reset() {
        var hard = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }
}

/// Runs what blocks on a thread of its own, because the threads of tasks are few and must not block.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result(catching: body)) }.start()
    }
}
