// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import TestFixtures

/// An S3 on loopback: moto's, behind a judge that signs every request anew with botocore.
package final class S3Server: Sendable {
    /// A request that was answered.
    package struct Request: Sendable, Equatable {
        package var method: String
        /// Path and query as they were on the wire.
        package var path: String
        package var status: Int
    }

    /// The interpreter that has moto, where there is one.
    package static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]
    package static let (keyID, key) = ("AKIAPLANTEDKEYID0001", "plantedSecretKey/0123456789+abcdefghijkl")

    package let address: String
    private let log: URL

    private init(port: Int, log: URL) { (address, self.log) = ("http://127.0.0.1:\(port)", log) }

    /// Runs a body against a server that ends with it.
    ///
    /// - Parameters:
    ///   - buckets: names, and the region of each.
    ///   - token: a session token that requests have to carry.
    package static func with<Result>(
        buckets: [String: String] = ["models": "us-east-1"], token: String? = nil,
        _ body: (S3Server) async throws -> Result
    ) async throws -> Result {
        guard let interpreter else { throw FixtureError("DARKROOM_PYTHON names no interpreter") }
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-s3-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: log) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        process.arguments =
            [Fixtures.url("python/s3_server.py").path, log.path, keyID, key] + [token].compactMap(\.self)
        process.environment = ["PATH": "/usr/bin:/bin", "AWS_EC2_METADATA_DISABLED": "true"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            try? input.fileHandleForWriting.close()
            process.terminate()
        }
        // The port comes once Python has read its modules; a thread of its own waits for it.
        let line = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: output.fileHandleForReading.availableData)
            }
        }
        guard let port = Int(String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        else {
            throw FixtureError("the server of S3 did not start")
        }
        let server = S3Server(port: port, log: log)
        try await server.control(["buckets": .object(buckets.mapValues { .string($0) })])
        return try await body(server)
    }

    /// Makes the next requests fail, by rules as the script takes them.
    package func faults(_ rules: [JSONValue]) async throws { try await control(["faults": .array(rules)]) }

    private func control(_ value: JSONValue) async throws {
        let pipeline = ServicePipeline(
            endpoint: try ServiceEndpoint(address), transport: AsyncHTTPTransport(),
            configuration: ServiceConfiguration(name: "The server's control"))
        let body = RequestBody.bytes(Array(value.serialized().utf8))
        _ = try await pipeline.collect(ServiceRequest(.post, "/_control", purpose: "change its ways", body: body))
    }

    /// Everything asked so far.
    package var requests: [Request] {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 3
                ? Request(method: String(words[0]), path: String(words[1]), status: Int(words[2]) ?? 0) : nil
        }
    }

    private struct FixtureError: Error {
        var message: String
        init(_ message: String) { self.message = message }
    }
}
