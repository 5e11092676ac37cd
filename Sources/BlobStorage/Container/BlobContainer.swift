// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Logging

/// A container of a storage account: puts, gets, lists and deletes its blobs.
///
/// ```swift
/// let thumbs = try BlobContainer("https://acct.blob.core.windows.net/thumbs", credential: .sas(Secret(sas)))
/// try await thumbs.put("house.png", bytes: png, options: UploadOptions(contentType: "image/png"))
/// for try await blob in thumbs.list(prefix: "house") { print(blob.name, blob.length) }
/// ```
public struct BlobContainer: Sendable {
    /// How to reach the service, and how transfers are cut.
    public struct Options: Sendable {
        public var transport: any HTTPTransport
        public var clock = ServiceClock.system
        public var logger = Logger.silent
        public var retry = RetryPolicy()
        /// Longest wait for the head of an answer, each try.
        public var tryTimeout: Duration = .seconds(300)
        /// Bytes of a file from which on it goes up in blocks.
        public var blockThreshold = 64 << 20
        /// Bytes of a block; more where 50,000 of them are too few for a file.
        public var blockLength = 8 << 20
        /// Bytes of a file that one request brings down.
        public var pieceLength = 32 << 20

        public init(transport: any HTTPTransport = AsyncHTTPTransport()) { self.transport = transport }
    }

    let pipeline: ServicePipeline
    let options: Options

    /// - Parameter address: of the container: the account's, and the container's name, without a query.
    /// - Throws: `ServiceError` with `.badAddress` or `.badArgument`.
    public init(
        _ address: String, credential: BlobCredential, options: Options = Options()
    ) throws(ServiceError) {
        var configuration = ServiceConfiguration(name: "Blob storage")
        (configuration.clock, configuration.logger) = (options.clock, options.logger)
        configuration.retry = options.retry
        configuration.callTimeout = .seconds(900)
        configuration.tryTimeout = options.tryTimeout
        configuration.headers = [
            .userAgent: "darkroom", .accept: "application/xml", HTTPField.Name("x-ms-version")!: BlobSAS.version,
        ]
        configuration.requestIDHeader = HTTPField.Name("x-ms-client-request-id")
        configuration.readError = { Self.refusal($0, $1) }
        let endpoint = try ServiceEndpoint(address)
        guard !endpoint.basePath.isEmpty else {
            throw ServiceError(.badAddress, "\(endpoint) names no container: a path is missing.")
        }
        pipeline = ServicePipeline(
            endpoint: endpoint, transport: options.transport,
            authorizer: Dated(
                authorizer: try credential.authorizer(clock: options.clock), clock: options.clock),
            configuration: configuration)
        self.options = options
    }

    /// The container's address, without anything secret.
    public var address: String { pipeline.endpoint.description }

    /// The target of a blob below the container.
    func target(_ name: String, query: String = "") throws(ServiceError) -> String {
        guard !name.isEmpty, name.utf8.count <= 1024 else {
            throw ServiceError(.badArgument, "A blob's name has 1 to 1024 bytes, not \(name.utf8.count).")
        }
        let segments = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !segments.contains(where: { $0 == "." || $0 == ".." }) else {
            throw ServiceError(.badArgument, "The blob's name \(name) holds a segment of dots, which servers resolve.")
        }
        return "/\(PercentEncoding.path(name))\(query.isEmpty ? "" : "?\(query)")"
    }

    func xml(_ response: CollectedResponse, of call: ServiceRequest) throws(ServiceError) -> XMLElementTree {
        guard let tree = XMLElementTree.parse(response.bytes) else {
            throw ServiceError(
                .unreadable,
                "Blob storage at \(pipeline.endpoint.authority) answered with no XML when asked to \(call.purpose).",
                status: response.status, requestID: response.marks.requestID)
        }
        return tree
    }

    /// The service's errors are XML; answers to HEAD carry the code in a header alone.
    private static func refusal(_ head: HTTPResponse, _ bytes: [UInt8]) -> ServiceErrorBody? {
        let tree = XMLElementTree.parse(bytes)
        let code = tree?["Code"]?.text ?? HTTPField.Name("x-ms-error-code").flatMap { head.headerFields[$0] }
        guard let code else { return nil }
        // Further lines repeat the ids, which the error carries anyway.
        let message = tree?["Message"]?.text.split(separator: "\n").first.map(String.init) ?? ""
        return ServiceErrorBody(code: code, message: message)
    }

    /// Every try carries its own date, which signatures cover.
    private struct Dated: RequestAuthorizer {
        let authorizer: any RequestAuthorizer
        let clock: ServiceClock

        func authorize(_ request: inout HTTPRequest, body: RequestBody) async throws {
            request.headerFields[HTTPField.Name("x-ms-date")!] = HTTPDate.text(clock.now())
            try await authorizer.authorize(&request, body: body)
        }

        func renew(after request: HTTPRequest) -> Bool { authorizer.renew(after: request) }
    }
}
