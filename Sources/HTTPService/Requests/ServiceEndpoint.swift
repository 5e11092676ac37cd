// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where a service listens: scheme, host, port and the path that all its routes start with.
public struct ServiceEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// Which hosts may be spoken to without TLS.
    public enum PlainHTTP: Sendable {
        /// Only this machine; what carries credentials over a network needs TLS.
        case loopbackOnly
        /// Every host, for services of a closed network that have no TLS.
        case everywhere
    }

    public let scheme: String
    public let host: String
    /// As given; `nil` stands for the scheme's own.
    public let port: Int?
    /// Percent-encoded, without a slash at the end: empty, or such as `/api`.
    public let basePath: String

    /// Reads the address of a service.
    ///
    /// - Throws: `ServiceError` with `.badAddress` for what is no http or https URL, one with a user, query or fragment,
    ///   or one without TLS where that is not allowed.
    public init(_ text: String, plainHTTP: PlainHTTP = .loopbackOnly) throws(ServiceError) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.encodedHost?.lowercased(), !host.isEmpty
        else { throw ServiceError(.badAddress, "\(Redaction.text(text)) is no http or https address.") }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
            throw ServiceError(
                .badAddress, "The address of a service at \(host) may hold no user, password, query or fragment.")
        }
        guard scheme == "https" || plainHTTP == .everywhere || Self.isLoopback(host) else {
            throw ServiceError(
                .badAddress, "http://\(host) is refused: credentials travel only over https, but for this machine.")
        }
        (self.scheme, self.host, port) = (scheme, host, parts.port)
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        basePath = path
    }

    /// Host and port as they stand in a URL and in the header `Host`.
    public var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// The address as text.
    public var description: String { "\(scheme)://\(authority)\(basePath)" }

    /// The path and query to ask for when this service gave a link to go on with.
    ///
    /// - Throws: `ServiceError` with `.foreignLink` when the link leads elsewhere: credentials must not follow it.
    public func target(ofLink link: String) throws(ServiceError) -> String {
        guard let parts = URLComponents(string: link), parts.fragment == nil else {
            throw ServiceError(.foreignLink, "\(self) gave a link that is no URL.")
        }
        guard parts.scheme != nil || parts.host != nil else {
            return link.hasPrefix("/") ? link : "\(basePath)/\(link)"
        }
        let linked = "\(parts.scheme?.lowercased() ?? "")://\(parts.encodedHost?.lowercased() ?? "")"
        guard parts.user == nil, parts.password == nil, linked == "\(scheme)://\(host)",
            (parts.port ?? Self.defaultPort(scheme)) == (port ?? Self.defaultPort(scheme))
        else {
            throw ServiceError(
                .foreignLink,
                "\(self) gave a link to \(Redaction.text(linked)), another origin; it is not followed with credentials."
            )
        }
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        return parts.percentEncodedQuery.map { "\(path)?\($0)" } ?? path
    }

    private static func defaultPort(_ scheme: String) -> Int { scheme == "https" ? 443 : 80 }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
