// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The schemes that clients can speak, and what speaks them; one table for the process.
public enum TransportRegistry {
    /// Makes a transport for an address's scheme and authority, such as `https://host:8011`.
    public typealias Maker =
        @Sendable (String, AsyncClientOptions) throws(OmniverseError) -> any ServiceTransport

    private static let makers = Mutex<[String: Maker]>([
        "http": { (origin, options) throws(OmniverseError) in try HTTPServiceTransport(origin: origin, options: options)
        },
        "https": { (origin, options) throws(OmniverseError) in
            try HTTPServiceTransport(origin: origin, options: options)
        },
    ])

    /// Schemes that can be spoken, `local` among them.
    public static var schemes: [String] { (makers.withLock { Array($0.keys) } + ["local"]).sorted() }

    /// Adds a scheme, or takes the place of one.
    public static func register(_ scheme: String, _ maker: @escaping Maker) {
        makers.withLock { $0[scheme.lowercased()] = maker }
    }

    /// Takes a scheme away.
    public static func unregister(_ scheme: String) { makers.withLock { $0[scheme.lowercased()] = nil } }

    /// The transport of an address, and the path that calls begin with.
    static func transport(
        for uri: String, application: (any ServiceApplication)?, options: AsyncClientOptions
    ) throws(OmniverseError) -> (transport: any ServiceTransport, base: String) {
        guard let colon = uri.firstRange(of: "://"), colon.lowerBound != uri.startIndex else {
            throw OmniverseError(
                .badAddress, "\"\(uri)\" is no address of a service; it needs a scheme, such as http://127.0.0.1:8011.")
        }
        let scheme = uri[..<colon.lowerBound].lowercased()
        let rest = uri[colon.upperBound...]
        guard !rest.contains("?"), !rest.contains("#") else {
            throw OmniverseError(.badAddress, "The address of a service may hold no query and no fragment.")
        }
        let authority = rest.prefix { $0 != "/" }
        var base = rest.dropFirst(authority.count)
        while base.hasSuffix("/") { base = base.dropLast() }
        if scheme == "local" {
            guard let application else {
                throw OmniverseError(.badAddress, "A local:// address needs the application that answers it.")
            }
            return (LocalTransport(application: application), String(base))
        }
        guard let maker = makers.withLock({ $0[scheme] }) else {
            throw OmniverseError(
                .transportNotFound,
                "No transport speaks \(scheme)://; there are \(schemes.joined(separator: ", ")).")
        }
        return (try maker("\(scheme)://\(authority)", options), String(base))
    }
}
