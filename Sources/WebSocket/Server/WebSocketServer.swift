// SPDX-License-Identifier: Apache-2.0

/// A WebSocket server with a service thread of its own.
///
/// Unlike a real Brayns it answers pings and takes fragmented messages, and whoever comes when it is full and its
/// line too is told so.
public final class WebSocketServer: Sendable {
    private let options: Options
    private let core: ServerCore
    private let service: ServiceThread?
    private let addressError: WebSocketError?

    /// Those who connect, in order; one consumer. Ends when the server stops. Whoever is not fetched from
    /// here, or not kept, is disconnected.
    public let connections: AsyncStream<WebSocketConnection>

    /// Prepares a server; nothing is opened before `start()`.
    public init(options: Options) {
        self.options = options
        let (connections, arrivals) = AsyncStream<WebSocketConnection>.makeStream()
        self.connections = connections
        core = ServerCore(options: options, arrivals: arrivals)
        do throws(WebSocketError) {
            service = ServiceThread(try Self.configuration(options), handler: core)
            addressError = nil
        } catch {
            service = nil
            addressError = error
        }
    }

    deinit { service?.stop() }

    /// Begins to listen and returns the port, 0 for a Unix domain socket. To be called once.
    ///
    /// - Throws: `WebSocketError` when the address is in use or not here, or the certificate cannot be used.
    public func start() async throws(WebSocketError) -> Int {
        guard let service else { throw addressError ?? WebSocketError(.configuration, "the server has no address") }
        if let socket = options.socket {
            try SocketFile(socket).prepare()
            _ = try await service.start()
            return 0
        }
        try PortCheck.canListen(host: options.host, port: options.port)
        return try await service.start()
    }

    /// Closes the port, says goodbye to every client and returns when the service thread has ended.
    ///
    /// - Parameter grace: how long clients may take to answer the goodbye and to fetch what is still on its way.
    public func stop(grace: Duration = .seconds(2)) async {
        guard let service else { return }
        let quiet = Promise<Void>()
        service.perform { self.core.beginStop(service) { quiet.fulfil(()) } }
        let timer = quiet.fulfil((), after: service.isRunning ? grace : .zero)
        await quiet.value()
        timer.cancel()
        service.stop()
        await service.waitUntilEnded()
        if let socket = options.socket { SocketFile(socket).remove() }
    }

    private static func configuration(_ options: Options) throws(WebSocketError) -> ServiceConfiguration {
        if let socket = options.socket {
            return ServiceConfiguration(
                listener: .init(address: socket, port: 0, isSocket: true, maxClients: options.maxClients))
        }
        let address = try PortCheck.numericAddress(options.host)
        return ServiceConfiguration(
            listener: .init(
                address: ["0.0.0.0", "::"].contains(address.text) ? nil : address.text, port: options.port,
                tls: options.tls, maxClients: options.maxClients),
            usesIPv6: address.isIPv6)
    }
}
