// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Logging
import Synchronization

/// A bucket of S3, or of a service that speaks as S3 does: puts, gets, lists and deletes its objects.
///
/// ```swift
/// let surroundings = AWSSurroundings(environment: ProcessInfo.processInfo.environment, transport: transport)
/// let thumbs = try S3Bucket("thumbs", credentials: AWSCredentialChain(surroundings))
/// try await thumbs.put("house.png", bytes: png, contentType: "image/png")
/// for try await object in thumbs.list(prefix: "house") { print(object.name, object.length) }
/// ```
///
/// A bucket of another region than was said is found by what S3 answers, once.
public final class S3Bucket: Sendable {
    /// How to reach the service, and how transfers are cut.
    public struct Options: Sendable {
        /// Where the bucket lies, as far as is known.
        public var region = "us-east-1"
        /// The address of a service other than AWS'.
        public var endpoint: String?
        /// Whether the bucket's name stands in the path and not before the host's; `nil` goes by the endpoint.
        public var isInPath: Bool?
        public var transport: any HTTPTransport
        public var clock = ServiceClock.system
        public var logger = Logger.silent
        public var retry = RetryPolicy()
        /// Longest wait for the head of an answer, each try.
        public var tryTimeout: Duration = .seconds(300)
        /// Bytes from which on an object goes up in parts.
        public var partThreshold = 64 << 20
        /// Bytes of a part, at least 5 MiB for AWS; more where 10,000 of them are too few.
        public var partLength = 16 << 20

        public init(transport: any HTTPTransport = AsyncHTTPTransport()) { self.transport = transport }
    }

    public let name: String
    let options: Options
    private let credentials: any AWSCredentialSource
    private let line: Mutex<(region: String, pipeline: ServicePipeline)>

    /// - Throws: `ServiceError` with `.badAddress` or `.badArgument` for an endpoint, region or bucket that is none.
    public init(
        _ name: String, credentials: any AWSCredentialSource, options: Options = Options()
    ) throws(ServiceError) {
        let letters = name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard letters, (3...255).contains(name.utf8.count), !name.contains("..") else {
            throw ServiceError(
                .badAddress, "\"\(name.prefix(80))\" is no bucket's name: 3 to 63 letters, digits, dots and hyphens.")
        }
        guard S3Region.isOne(options.region) else {
            throw ServiceError(.badArgument, "\"\(options.region.prefix(80))\" is no region; one is eu-central-1.")
        }
        (self.name, self.options, self.credentials) = (name, options, credentials)
        line = Mutex(
            (options.region, try Self.pipeline(to: name, in: options.region, credentials: credentials, options)))
    }

    /// The region that is asked at the moment.
    public var region: String { line.withLock { $0.region } }

    /// The bucket's address on the wire.
    public var endpoint: String { line.withLock { $0.pipeline.endpoint.description } }

    private static func pipeline(
        to bucket: String, in region: String, credentials: any AWSCredentialSource, _ options: Options
    ) throws(ServiceError) -> ServicePipeline {
        var configuration = ServiceConfiguration(name: "S3")
        (configuration.clock, configuration.logger) = (options.clock, options.logger)
        (configuration.retry, configuration.tryTimeout) = (options.retry, options.tryTimeout)
        configuration.callTimeout = .seconds(900)
        configuration.headers = [.userAgent: "darkroom"]
        configuration.correlationHeaders = [HTTPField.Name("x-amz-request-id")!]
        configuration.readError = { S3Refusal.read($0, $1) }
        configuration.redaction.headers.formUnion([
            "x-amz-date", "x-amz-content-sha256", "x-amz-request-id", "x-amz-bucket-region",
        ])
        configuration.redaction.parameters.formUnion([
            "list-type", "encoding-type", "max-keys", "partNumber", "uploads",
        ])
        return ServicePipeline(
            endpoint: try S3Region.address(
                of: bucket, region: region, endpoint: options.endpoint, isInPath: options.isInPath),
            transport: options.transport,
            authorizer: SignatureAuthorization(source: credentials, region: region, clock: options.clock),
            configuration: configuration)
    }

    // MARK: Asking

    /// Asks with what is known of the bucket; once more where S3 names another region, or where keys have ended.
    func ask<Answer: Sendable>(_ question: (ServicePipeline) async throws -> Answer) async throws -> Answer {
        let (region, pipeline) = line.withLock { $0 }
        do {
            return try await question(pipeline)
        } catch let error as ServiceError {
            if S3Refusal.isRegional(error), let other = error.body?.target, other != region {
                options.logger.info("the bucket \(name) lies in \(other), not in \(region)")
                let moved = try Self.pipeline(to: name, in: other, credentials: credentials, options)
                line.withLock { $0 = (other, moved) }
                return try await question(moved)
            }
            if error.body?.code == "ExpiredToken", let chain = credentials as? AWSCredentialChain {
                chain.forget(try await chain.credentials())
                return try await question(pipeline)
            }
            throw error
        }
    }

    /// The target of an object below the bucket.
    func target(_ name: String, query: String = "") throws(ServiceError) -> String {
        guard !name.isEmpty, name.utf8.count <= 1024 else {
            throw ServiceError(.badArgument, "An object's name has 1 to 1024 bytes, not \(name.utf8.count).")
        }
        let segments = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard !segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) else {
            throw ServiceError(
                .badArgument, "The object's name \(name.prefix(300)) holds a part of dots, which servers resolve.")
        }
        return "/\(PercentEncoding.path(name))\(query.isEmpty ? "" : "?\(query)")"
    }

    func xml(_ response: CollectedResponse, _ root: String, of call: ServiceRequest) throws(ServiceError)
        -> XMLElementTree
    {
        let tree = XMLElementTree.parse(response.bytes)
        if let tree, tree.name == root { return tree }
        // S3 may answer 200 before it knows, and say later that it failed.
        let body = S3Refusal.read(response.head, response.bytes)
        let said = body.map { ": \($0.summary)" } ?? " with no \(root)"
        throw ServiceError(
            .unreadable, "S3 answered \(response.status)\(said) when asked to \(call.purpose).",
            status: body == nil ? response.status : 500, body: body, correlation: response.marks.correlation)
    }
}
