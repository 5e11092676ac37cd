// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Logging
import WebSocket

/// The built-in backend: answers Brayns' protocol with our own renderer.
public final class BraynsServer: Sendable {
    private let options: BraynsServerOptions
    private let logger: Logger
    private let outboxes = Outboxes()

    public init(options: BraynsServerOptions) {
        self.options = options
        var logger = Logger(label: "darkroom.backend") { label in
            guard options.logLevel != nil else { return SwiftLogNoOpLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = options.logLevel ?? .critical
        self.logger = logger
    }

    /// Listens and serves until a client asks to quit, the lifeline ends, a signal comes or the task is cancelled.
    ///
    /// Afterwards a request that cannot be interrupted may still be at work on a thread of its own: a process that is
    /// the backend ends itself then.
    ///
    /// - Parameter onListening: told the port once clients can connect.
    /// - Throws: `BraynsServerError` when it cannot start or a limit ends it.
    public func run(onListening: (@Sendable (Int) -> Void)? = nil) async throws {
        let signal = StopSignal()
        let secret = try options.readSecret()
        let watch = ProcessWatch(options: options) { signal.stop($0) }
        try watch.start()
        defer { watch.end() }
        let context = ServerContext(options: options, logger: logger) { signal.stop(.quit) }
        let engine = Engine(context: context)
        let reason: StopSignal.Reason
        if options.isClient {
            reason = await serveAsClient(engine, until: signal)
        } else {
            reason = try await listen(engine, secret: secret, until: signal, onListening: onListening)
        }
        logger.info("Ends: \(reason)")
        if case .limit(let sentence) = reason { throw BraynsServerError(.limits, sentence) }
    }

    private func listen(
        _ engine: Engine, secret: String?, until signal: StopSignal, onListening: (@Sendable (Int) -> Void)?
    ) async throws -> StopSignal.Reason {
        let server = WebSocketServer(options: serverOptions(secret: secret))
        let port: Int
        do {
            port = try await server.start()
        } catch {
            throw BraynsServerError(
                .environment, "Cannot listen on \(options.place(port: options.port)): \(error.message)",
                underlying: error)
        }
        do {
            try options.report(port: port)
        } catch {
            await server.stop()
            throw error
        }
        logger.info("Listens on \(options.place(port: port))")
        onListening?(port)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.serve(server.connections, engine) }
            let reason = await signal.wait()
            await engine.stop()
            await outboxes.drain()
            await server.stop()
            group.cancelAll()
            return reason
        }
    }

    private func serve(_ connections: AsyncStream<WebSocketConnection>, _ engine: Engine) async {
        await withDiscardingTaskGroup { group in
            var number = 0
            for await connection in connections {
                number += 1
                let session = self.session(number, connection, engine)
                group.addTask { await session.run() }
            }
            group.cancelAll()
        }
    }

    private func session(_ number: Int, _ connection: WebSocketConnection, _ engine: Engine) -> ClientSession {
        ClientSession(number: number, connection: connection, engine: engine, outboxes: outboxes, logger: logger)
    }

    private func serverOptions(secret: String?) -> WebSocketServer.Options {
        var server = WebSocketServer.Options()
        server.host = options.host
        server.port = options.port
        server.socket = options.socket
        server.maxClients = options.maxClients
        server.maxWaiting = options.maxClients
        server.requiredPath = secret.map { "/" + $0 }
        if options.isSecure, let tls = options.tls {
            server.tls = WebSocketServer.TLS(
                certificateFile: tls.certificateFile, privateKeyFile: tls.privateKeyFile,
                passphrase: tls.passphrase.isEmpty ? nil : tls.passphrase)
        }
        return server
    }
}

extension BraynsServer {
    /// Connects to a server, serves it, and connects again when it is gone.
    private func serveAsClient(_ engine: Engine, until signal: StopSignal) async -> StopSignal.Reason {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.reconnect(engine) }
            let reason = await signal.wait()
            await engine.stop()
            await outboxes.drain()
            group.cancelAll()
            return reason
        }
    }

    private func reconnect(_ engine: Engine) async {
        let endpoint =
            options.socket.map { WebSocketEndpoint(socket: $0, path: options.path) }
            ?? WebSocketEndpoint(
                host: options.host, port: options.port, path: options.path, isSecure: options.isSecure)
        var number = 0
        while !Task.isCancelled {
            do {
                let connection = try await WebSocketClient.connect(
                    to: endpoint, tls: WebSocketTLS(caFile: options.caFile))
                number += 1
                await session(number, connection, engine).run()
            } catch {
                logger.warning("\(error.message)")
            }
            try? await Task.sleep(for: .seconds(options.reconnectionSeconds))
        }
    }
}

extension BraynsServerOptions {
    /// Where the server listens, for people.
    fileprivate func place(port: Int) -> String { socket ?? "\(host):\(port)" }
}
