// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import OmniverseServices

extension ServiceHost {
    /// Serves an application until the task is cancelled; requests under way are answered first.
    ///
    /// - Throws: `HostError` when the address cannot be taken or the certificate not be read.
    func serve(_ application: any ServiceApplication, ready: @escaping @Sendable (Int) async -> Void) async throws {
        let scheme = options.tls == nil ? "http" : "https"
        let responder = ApplicationResponder(
            application: application, scheme: scheme, maxBodyBytes: options.maxBodyBytes, metrics: metrics,
            logger: logger)
        try await serve(responder: responder, ready: ready)
    }
}

/// Hands requests of connections to an application.
struct ApplicationResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let application: any ServiceApplication
    let scheme: String
    let maxBodyBytes: Int
    let metrics: ServiceMetrics
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        var wire = WireRequest(method: request.method, target: request.uri.description, headers: request.headers)
        var reply: ServiceReply
        do {
            let body = try await request.body.collect(upTo: maxBodyBytes)
            if body.readableBytes > 0 { wire.body = Array(body.readableBytesView) }
            reply = await application.respond(to: wire)
        } catch is NIOTooManyBytesError {
            reply = .detail(413, "A request's body may have \(maxBodyBytes) bytes.")
            reply.headers[.correlation] = CaptureApplication.correlation(of: wire)
        }
        if let link = reply.headers[.location], link.hasPrefix("/") {
            reply.headers[.location] = "\(scheme)://\(request.head.authority ?? "localhost")\(link)"
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        // The path alone: queries may carry what is secret.
        logger.info(
            "\(request.method.rawValue) \(request.uri.path) \(reply.status)",
            metadata: [
                "correlation": "\(reply.headers[.correlation] ?? "")", "ms": "\(Int(seconds * 1000))",
            ])
        metrics.count(
            "darkroom_http_requests_total", "Requests answered, by method and status.",
            ["method": request.method.rawValue, "status": String(reply.status)])
        return Response(
            status: .init(code: reply.status), headers: reply.headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.wireBody)))
    }
}
