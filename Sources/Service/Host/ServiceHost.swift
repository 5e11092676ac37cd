// SPDX-License-Identifier: Apache-2.0
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle

/// One listener with its routes, until it is told to stop.
struct ServiceHost {
    let options: HostOptions
    let metrics: ServiceMetrics
    let logger: Logger

    /// A router that marks, logs and counts every exchange, and tells how the service is.
    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ExchangeMiddleware(metrics: metrics, logger: logger))
        for path in ["health", "ready", "status"] {
            router.get("\(path)") { _, _ in Response.json("OK") }
        }
        router.get("metrics") { [metrics] _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
        }
        return router
    }

    /// Serves until the task is cancelled; requests under way are answered first.
    ///
    /// - Parameter ready: called with the port once connections are taken.
    /// - Throws: `HostError` when the address cannot be taken or the certificate not be read.
    func serve(_ router: Router<BasicRequestContext>, ready: @escaping @Sendable (Int) async -> Void) async throws {
        try await serve(responder: router.buildResponder(), ready: ready)
    }

    /// Serves what a responder answers until the task is cancelled.
    func serve(
        responder: some HTTPResponder<BasicRequestContext>, ready: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let server: HTTPServerBuilder
        if let tls = options.tls { server = try Self.tls(tls) } else { server = .http1() }
        let configuration = ApplicationConfiguration(
            address: .hostname(options.host, port: options.port),
            availableConnectionsDelegate: MaximumAvailableConnections(options.maxConnections))
        let application = Application(
            responder: responder, server: server, configuration: configuration,
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        do {
            try await withTaskCancellationHandler {
                try await group.run()
            } onCancel: {
                Task { await group.triggerGracefulShutdown() }
            }
        } catch let error as IOError {
            throw HostError(
                .environment, "\(options.host):\(options.port) cannot be listened on: \(error.localizedDescription).",
                underlying: error)
        }
    }

    private static func tls(_ files: HostOptions.TLS) throws -> HTTPServerBuilder {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificateFile)
            let key = try NIOSSLPrivateKey(file: files.privateKeyFile, format: .pem)
            let configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            return try .tls(.http1(), tlsConfiguration: configuration)
        } catch {
            throw HostError(
                .configuration,
                "\(files.certificateFile) and \(files.privateKeyFile) are not a certificate and its key in PEM: \(error)",
                underlying: error)
        }
    }
}
