// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A numeric address of a host.
struct NumericAddress: Sendable, Hashable {
    var text: String
    var isIPv6: Bool
}

/// Looks up host names on a thread of its own, because the system's look-up cannot be interrupted.
enum AddressResolver {
    /// The addresses of a host in the system's order, none twice.
    static func resolve(_ host: String, timeout: Duration) async throws(WebSocketError) -> [NumericAddress] {
        if let numeric = try? lookUp(host, flags: AI_NUMERICHOST).get(), !numeric.isEmpty { return numeric }
        let answer = Promise<Result<[NumericAddress], WebSocketError>>()
        let slow = WebSocketError(
            .deadline, "the name service did not answer for '\(host)' in time: check the network or use an address")
        let timer = answer.fulfil(.failure(slow), after: timeout)
        defer { timer.cancel() }
        let thread = Thread { answer.fulfil(lookUp(host, flags: 0)) }
        thread.name = "resolver"
        thread.start()
        return try await answer.value().get()
    }

    static func lookUp(_ host: String, flags: Int32) -> Result<[NumericAddress], WebSocketError> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard status == 0 else {
            let reason = String(cString: gai_strerror(status))
            return .failure(
                WebSocketError(.unknownHost, "the host '\(host)' cannot be found (\(reason)): check its name"))
        }
        var addresses: [NumericAddress] = []
        var entry = list
        while let current = entry {
            defer { entry = current.pointee.ai_next }
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let named = getnameinfo(
                current.pointee.ai_addr, current.pointee.ai_addrlen, &name, socklen_t(name.count), nil, 0,
                NI_NUMERICHOST)
            guard named == 0 else { continue }
            let address = NumericAddress(text: text(of: name), isIPv6: current.pointee.ai_family == AF_INET6)
            if !addresses.contains(address) { addresses.append(address) }
        }
        return .success(addresses)
    }
}
