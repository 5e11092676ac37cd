// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Logging

extension BlobContainer {
    /// Reads a blob, or a part of it, into memory.
    ///
    /// - Parameters:
    ///   - range: bytes from the start of the blob; `nil` for all.
    ///   - limit: the most bytes to take.
    /// - Throws: `ServiceError`, `.tooLarge` beyond the limit; `CancellationError`.
    public func get(_ name: String, range: Range<Int64>? = nil, limit: Int = 1 << 30) async throws -> [UInt8] {
        if let range, range.isEmpty { return [] }
        var call = ServiceRequest(.get, try target(name), purpose: "get \(name)")
        if let range { call.headers[Self.rangeHeader] = "bytes=\(range.lowerBound)-\(range.upperBound - 1)" }
        call.largestAnswer = limit
        return try await pipeline.collect(call).bytes
    }

    /// Reads a blob into a file, which is in its place whole or not at all.
    ///
    /// What came before a cut is kept beside the file under a name with the blob's version, and a later call of the same
    /// blob goes on behind it.
    ///
    /// - Parameter received: told the bytes that are there, from time to time.
    /// - Throws: `ServiceError`, 412 when the blob is replaced meanwhile, `.file` when the file cannot be written;
    ///   `CancellationError`.
    @discardableResult
    public func download(
        _ name: String, to file: URL, received: @Sendable (Int64) -> Void = { _ in }
    ) async throws -> BlobProperties {
        guard let properties = try await properties(of: name) else {
            throw ServiceError(
                .refused, "There is no blob \(name) in \(address).", status: 404,
                body: ServiceErrorBody(code: "BlobNotFound", message: ""))
        }
        let sink = try DownloadSink(file, version: properties.etag ?? "", length: properties.length)
        defer { sink.close() }
        var failures = 0
        while sink.count < properties.length {
            let before = sink.count
            do {
                try await piece(of: name, properties, into: sink)
                failures = 0
                received(sink.count)
            } catch let error as TransportError {
                // Whatever came counts: only tries that bring nothing are counted as failed.
                failures = sink.count > before ? 0 : failures + 1
                guard failures < options.retry.tries else { throw broken(name, sink, error) }
                options.logger.info("going on with \(name) at byte \(sink.count): \(error.message)")
                try await options.clock.sleep(options.retry.firstPause * (1 << failures))
            }
        }
        try sink.finish()
        return properties
    }

    private static let rangeHeader = HTTPField.Name("x-ms-range")!

    /// Brings the next bytes, as many as come.
    private func piece(of name: String, _ properties: BlobProperties, into sink: DownloadSink) async throws {
        let end = min(sink.count + Int64(options.pieceLength), properties.length)
        var call = ServiceRequest(.get, try target(name), purpose: "get \(name) from byte \(sink.count)")
        call.headers[Self.rangeHeader] = "bytes=\(sink.count)-\(end - 1)"
        if let etag = properties.etag { call.headers[.ifMatch] = etag }
        let response = try await pipeline.send(call)
        guard response.status == 206 || (sink.count == 0 && end == properties.length) else {
            throw ServiceError(
                .unreadable,
                "Blob storage answered \(response.status) with the whole of \(name) when asked for a part.",
                status: response.status, requestID: response.marks.requestID)
        }
        for try await bytes in response.body {
            guard sink.count + Int64(bytes.count) <= end else {
                throw ServiceError(.unreadable, "Blob storage sent more of \(name) than was asked for.", status: 206)
            }
            try sink.write(bytes)
        }
        guard sink.count == end else { throw TransportError(.broken, "the answer ended early") }
    }

    private func broken(_ name: String, _ sink: DownloadSink, _ error: TransportError) -> ServiceError {
        ServiceError(
            error.code == .timedOut ? .timedOut : .unreachable,
            "\(name) broke off at byte \(sink.count) again and again: \(Redaction.text(error.message)). What came is kept; "
                + "ask again to go on.", underlying: error)
    }
}
