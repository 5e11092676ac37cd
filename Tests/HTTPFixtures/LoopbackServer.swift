// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A real HTTP server on a port of 127.0.0.1 that the system chose.
public final class LoopbackServer: Sendable {
    /// What a request is answered with.
    public struct Answer: Sendable {
        public var status: Int
        public var headers: [(name: String, value: String)]
        public var body: [UInt8]
        /// Close the connection after so many bytes of the body, or before anything is said when negative.
        public var cutAfter: Int?

        public init(
            _ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], cutAfter: Int? = nil
        ) {
            (self.status, self.headers, self.body, self.cutAfter) = (status, headers, body, cutAfter)
        }
    }

    public typealias Handler = @Sendable (FakeTransport.Request) async -> Answer

    private let channel: any Channel

    private init(_ channel: any Channel) { self.channel = channel }

    /// Starts a server.
    ///
    /// - Parameter certificate: files of a certificate and its key, both PEM, for a server that speaks TLS.
    public static func start(
        certificate: (chain: String, key: String)? = nil, _ handler: @escaping Handler
    ) async throws -> LoopbackServer {
        let tls = try certificate.map { files in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: NIOSSLCertificate.fromPEMFile(files.chain).map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(file: files.key, format: .pem))))
        }
        let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Connection(handler))
                }
            }
        return LoopbackServer(try await bootstrap.bind(host: "127.0.0.1", port: 0).get())
    }

    public var port: Int { channel.localAddress?.port ?? 0 }
    public var address: String { "http://127.0.0.1:\(port)" }

    /// Runs a body against a server that ends with it.
    public static func with<Result>(
        certificate: (chain: String, key: String)? = nil, _ handler: @escaping Handler,
        _ body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let server = try await start(certificate: certificate, handler)
        do {
            let result = try await body(server)
            try await server.channel.close().get()
            return result
        } catch {
            try? await server.channel.close().get()
            throw error
        }
    }

    /// Collects one request after the other and writes the answers.
    private final class Connection: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let handler: Handler
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ handler: @escaping Handler) { self.handler = handler }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = []
                if head.headers["expect"].contains("100-continue") {
                    context.writeAndFlush(
                        wrapOutboundOut(.head(.init(version: .http1_1, status: .continue))), promise: nil)
                }
            case .body(let bytes): body += bytes.readableBytesView
            case .end:
                guard let head else { return }
                answer(Self.request(head, body), context.channel)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func answer(_ request: FakeTransport.Request, _ channel: any Channel) {
            let handler = handler
            Task {
                let answer = await handler(request)
                if let cut = answer.cutAfter, cut < 0 {
                    try? await channel.close().get()
                    return
                }
                var head = HTTPResponseHead(
                    version: .http1_1, status: .init(statusCode: answer.status),
                    headers: HTTPHeaders(answer.headers.map { ($0.name, $0.value) }))
                if answer.status != 204, !head.headers.contains(name: "content-length") {
                    head.headers.add(name: "Content-Length", value: "\(answer.body.count)")
                }
                try? await channel.writeAndFlush(HTTPServerResponsePart.head(head)).get()
                let body = answer.cutAfter.map { answer.body.prefix($0) } ?? answer.body[...]
                if request.method != "HEAD" {
                    let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: body)))
                    try? await channel.writeAndFlush(part).get()
                }
                if answer.cutAfter != nil {
                    try? await channel.close().get()
                } else {
                    try? await channel.writeAndFlush(HTTPServerResponsePart.end(nil)).get()
                }
            }
        }

        private static func request(_ head: HTTPRequestHead, _ body: [UInt8]) -> FakeTransport.Request {
            var fields = HTTPFields()
            for (name, value) in head.headers {
                if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
            }
            let request = HTTPRequest(
                method: HTTPRequest.Method(rawValue: head.method.rawValue) ?? .get, scheme: "http",
                authority: head.headers.first(name: "host"), path: head.uri, headerFields: fields)
            return FakeTransport.Request(head: request, body: body, timeout: .zero)
        }
    }
}
