// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Logging

extension S3Bucket {
    /// Reads an object, or a part of it, into memory.
    ///
    /// - Parameters:
    ///   - range: bytes from the start of the object; `nil` for all.
    ///   - limit: the most bytes to take.
    /// - Throws: `ServiceError`, `.tooLarge` beyond the limit; `CancellationError`.
    public func get(_ name: String, range: Range<Int64>? = nil, limit: Int = 1 << 30) async throws -> [UInt8] {
        if let range, range.isEmpty { return [] }
        var call = ServiceRequest(.get, try target(name), purpose: "get \(name)")
        if let range { call.headers[.range] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)" }
        call.largestAnswer = limit
        return try await ask { [call] in try await $0.collect(call).bytes }
    }

    /// Reads an object into a file, which is in its place whole or not at all, by one request unless it is cut.
    ///
    /// What came before a cut stays beside the file under a hidden name with the object's version, and the next request
    /// goes on behind it if the object is still the same.
    ///
    /// - Throws: `ServiceError`, 412 when the object is replaced meanwhile, `.file` when the file cannot be written;
    ///   `CancellationError`.
    @discardableResult
    public func download(_ name: String, to file: URL) async throws -> S3Object {
        var (object, sink) = (S3Object?.none, DownloadSink?.none)
        defer { sink?.close() }
        var failures = 0
        while true {
            let before = sink?.count ?? 0
            do {
                let response = try await open(name, at: before, of: object)
                let now = S3Object(name, response.head.headerFields)
                let place: DownloadSink
                if let sink {
                    place = sink
                } else {
                    // A first answer is the whole object, whatever an earlier run has left.
                    DownloadSink.clear(file)
                    place = try DownloadSink(file, version: now.etag, length: now.length)
                    (object, sink) = (now, place)
                }
                try await Self.pour(response, into: place, of: now.length, name)
                try place.finish()
                return object ?? now
            } catch let error as TransportError {
                // Whatever came counts: only tries that bring nothing are counted as failed.
                failures = (sink?.count ?? 0) > before ? 0 : failures + 1
                guard failures < options.retry.tries else { throw Self.broken(name, sink?.count ?? 0, error) }
                options.logger.info("going on with \(name) at byte \(sink?.count ?? 0): \(error.message)")
                try await options.clock.sleep(options.retry.firstPause * (1 << failures))
            }
        }
    }

    /// The answer that brings an object from a byte on.
    private func open(_ name: String, at start: Int64, of object: S3Object?) async throws -> ServiceResponse {
        var call = ServiceRequest(.get, try target(name), purpose: "get \(name)")
        if start > 0, let object {
            call.purpose += " from byte \(start)"
            call.headers[.range] = "bytes=\(start)-"
            if !object.etag.isEmpty { call.headers[.ifMatch] = "\"\(object.etag)\"" }
        }
        let response = try await ask { [call] in try await $0.send(call) }
        guard start == 0 || response.status == 206 else {
            throw ServiceError(
                .unreadable, "S3 answered \(response.status) with the whole of \(name) when asked for a part.",
                status: response.status)
        }
        return response
    }

    private static func pour(
        _ response: ServiceResponse, into sink: DownloadSink, of length: Int64, _ name: String
    ) async throws {
        for try await bytes in response.body {
            guard sink.count + Int64(bytes.count) <= length else {
                throw ServiceError(.unreadable, "S3 sent more of \(name) than it had said.", status: response.status)
            }
            try sink.write(bytes)
        }
        guard sink.count == length else { throw TransportError(.broken, "the answer ended early") }
    }

    private static func broken(_ name: String, _ count: Int64, _ error: TransportError) -> ServiceError {
        ServiceError(
            error.code == .timedOut ? .timedOut : .unreachable,
            "\(name) broke off at byte \(count) again and again: \(Redaction.text(error.message)).", underlying: error)
    }
}
