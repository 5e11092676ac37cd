// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// Finds out why a server could not listen, which libwebsockets does not tell.
enum PortCheck {
    /// The numeric address of what a user named as the place to listen.
    static func numericAddress(_ host: String) throws(WebSocketError) -> NumericAddress {
        let addresses = try AddressResolver.lookUp(host, flags: 0).get()
        // Of localhost the IPv4 address is the one that older clients try.
        guard let address = addresses.first(where: { !$0.isIPv6 }) ?? addresses.first else {
            throw WebSocketError(.unknownHost, "the host '\(host)' has no address to listen on")
        }
        return address
    }

    /// Opens the port for a moment, with the same freedom to reuse it that the library takes.
    static func canListen(host: String, port: Int) throws(WebSocketError) {
        guard (0...65535).contains(port) else {
            throw WebSocketError(.configuration, "\(port) is no port: it must be from 0 to 65535")
        }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST
        var list: UnsafeMutablePointer<addrinfo>?
        let address = try numericAddress(host)
        guard getaddrinfo(address.text, String(port), &hints, &list) == 0, let list else { return }
        defer { freeaddrinfo(list) }
        let descriptor = socket(list.pointee.ai_family, list.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw refusal(host, port, errno) }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, list.pointee.ai_addr, list.pointee.ai_addrlen) == 0, listen(descriptor, 1) == 0 else {
            throw refusal(host, port, errno)
        }
    }

    private static func refusal(_ host: String, _ port: Int, _ number: Int32) -> WebSocketError {
        let reason = String(cString: strerror(number))
        return WebSocketError(
            number == EMFILE || number == ENFILE ? .resources : .configuration,
            "cannot listen on \(host), port \(port): \(reason); choose another address or port 0")
    }
}
