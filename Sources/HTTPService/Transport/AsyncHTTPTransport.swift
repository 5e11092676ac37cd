// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOSSL

/// Requests over the network: HTTP/1.1, kept connections, TLS with the system's or a given authority.
///
/// Redirects are not followed and nothing is decompressed: callers see what the server sent.
public final class AsyncHTTPTransport: HTTPTransport {
    /// How to connect.
    public struct Options: Sendable {
        public var connectTimeout: Duration = .seconds(10)
        /// Longest silence on a connection that an answer is awaited from.
        public var idleTimeout: Duration = .seconds(60)
        /// A PEM file of authorities to trust beside those of the system.
        public var authorityFile: String?
        /// Trust any certificate; for tests by hand only.
        public var allowsAnyCertificate = false

        public init() {}
    }

    private let client: HTTPClient

    public init(_ options: Options = Options()) {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = options.authorityFile { tls.additionalTrustRoots = [.file(file)] }
        if options.allowsAnyCertificate { tls.certificateVerification = .none }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .init(options.connectTimeout)
        configuration.timeout.read = .init(options.idleTimeout)
        // The pipeline is the one layer that tries again.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit { client.shutdown { _ in } }

    public func send(_ request: HTTPRequest, body: RequestBody, timeout: Duration) async throws -> TransportResponse {
        let address = "\(request.scheme ?? "https")://\(request.authority ?? "")\(request.path ?? "/")"
        var outgoing = HTTPClientRequest(url: address)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields where field.name != .contentLength {
            outgoing.headers.add(name: field.name.rawName, value: field.value)
        }
        switch body {
        case .none: break
        case .bytes(let bytes): outgoing.body = .bytes(ByteBuffer(bytes: bytes))
        case .stream(let length, let open):
            outgoing.body = .stream(UploadPieces(pieces: open()), length: .known(length))
        }
        do {
            let response = try await client.execute(outgoing, deadline: .now() + .init(timeout))
            return TransportResponse(Self.head(of: response), body: ResponseBody(ReceivedPieces(body: response.body)))
        } catch {
            throw Self.failure(error)
        }
    }

    private static func head(of response: HTTPClientResponse) -> HTTPResponse {
        var head = HTTPResponse(
            status: .init(code: Int(response.status.code), reasonPhrase: response.status.reasonPhrase))
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            head.headerFields.append(HTTPField(name: name, value: value))
        }
        return head
    }
}

/// A caller's stream as the network client takes it.
private struct UploadPieces: AsyncSequence, Sendable {
    let pieces: AsyncThrowingStream<[UInt8], any Error>

    struct AsyncIterator: AsyncIteratorProtocol {
        var pieces: AsyncThrowingStream<[UInt8], any Error>.AsyncIterator

        mutating func next() async throws -> ByteBuffer? {
            do {
                return try await pieces.next().map { ByteBuffer(bytes: $0) }
            } catch {
                throw TransportError(.source, "what was to be sent could not be read: \(error)", underlying: error)
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: pieces.makeAsyncIterator()) }
}

/// The network client's body as callers take it.
private struct ReceivedPieces: AsyncSequence, Sendable {
    let body: HTTPClientResponse.Body

    struct AsyncIterator: AsyncIteratorProtocol {
        var pieces: HTTPClientResponse.Body.AsyncIterator

        mutating func next() async throws -> [UInt8]? {
            do {
                return try await pieces.next().map { Array($0.readableBytesView) }
            } catch {
                throw AsyncHTTPTransport.failure(error)
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: body.makeAsyncIterator()) }
}
