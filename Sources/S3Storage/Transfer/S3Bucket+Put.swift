// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Logging

extension S3Bucket {
    /// The most parts that an upload may have.
    private static let mostParts = 10_000

    /// Writes an object from memory, whole or not at all.
    ///
    /// - Throws: `ServiceError`: 409 or 412 when the condition does not hold; `CancellationError`.
    @discardableResult
    public func put(
        _ name: String, bytes: [UInt8], options: UploadOptions = UploadOptions()
    ) async throws -> S3Object {
        var call = ServiceRequest(.put, try target(name), purpose: "put \(name)", body: .bytes(bytes))
        call.headers = try Self.description(options)
        for field in options.conditionHeaders { call.headers.append(field) }
        let head = try await ask { [call] in try await $0.collect(call) }.head
        return Self.written(name, Int64(bytes.count), head, options)
    }

    /// Writes an object from a file; a long one in parts, which become the object only once all of them are there.
    ///
    /// When that fails or is cancelled, the parts are thrown away and what was there stays.
    ///
    /// - Throws: `ServiceError`, `.file` when the file cannot be read or changes while it is; `CancellationError`.
    @discardableResult
    public func put(_ name: String, file: URL, options: UploadOptions = UploadOptions()) async throws -> S3Object {
        let source = try UploadSource(file)
        defer { source.close() }
        guard source.length >= Int64(self.options.partThreshold) else {
            return try await put(name, bytes: try source.read(Int(source.length)), options: options)
        }
        let upload = try await begin(name, options)
        do {
            let parts = try await send(source, to: name, upload)
            try source.checkUnchanged()
            let head = try await end(parts, of: name, upload, options)
            return Self.written(name, source.length, head, options)
        } catch {
            // Also when the task was cancelled: parts that nobody ends cost their owner money.
            await Task { await abort(name, upload) }.value
            throw error
        }
    }

    /// What the object is: told by the put, or by the request that begins one in parts.
    private static func description(_ options: UploadOptions) throws(ServiceError) -> HTTPFields {
        var headers = try options.metadataHeaders(prefix: S3Object.metadataPrefix)
        headers[.contentType] = options.contentType
        return headers
    }

    private static func written(
        _ name: String, _ length: Int64, _ head: HTTPResponse, _ options: UploadOptions
    ) -> S3Object {
        var object = S3Object(name, head.headerFields)
        (object.length, object.contentType, object.metadata) = (length, options.contentType, options.metadata)
        return object
    }

    // MARK: Parts

    private func begin(_ name: String, _ options: UploadOptions) async throws -> String {
        let call = ServiceRequest(
            .post, try target(name, query: "uploads="), purpose: "begin an upload of \(name)",
            headers: try Self.description(options), body: .bytes([]), isRepeatable: true)
        let tree = try xml(try await ask { try await $0.collect(call) }, "InitiateMultipartUploadResult", of: call)
        guard let upload = tree["UploadId"]?.text, !upload.isEmpty else {
            throw ServiceError(.unreadable, "S3 began an upload of \(name) without a name for it.")
        }
        return upload
    }

    private func send(_ source: UploadSource, to name: String, _ upload: String) async throws -> [String] {
        let needed = (source.length + Int64(Self.mostParts) - 1) / Int64(Self.mostParts)
        let length = max(options.partLength, Int(needed))
        var (etags, done) = ([String](), Int64(0))
        while done < source.length {
            let bytes = try source.read(Int(min(Int64(length), source.length - done)))
            let query = PercentEncoding.query([("partNumber", String(etags.count + 1)), ("uploadId", upload)])
            let call = ServiceRequest(
                .put, try target(name, query: query), purpose: "take part \(etags.count + 1) of \(name)",
                body: .bytes(bytes))
            let head = try await ask { try await $0.collect(call) }.head
            guard let etag = head.headerFields[.eTag] else {
                throw ServiceError(.unreadable, "S3 took a part of \(name) without an etag.")
            }
            etags.append(etag)
            done += Int64(bytes.count)
        }
        return etags
    }

    private func end(
        _ parts: [String], of name: String, _ upload: String, _ options: UploadOptions
    ) async throws -> HTTPResponse {
        let list = parts.enumerated().map { index, etag in
            "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(etag.replacing("\"", with: "&quot;"))</ETag></Part>"
        }
        let text = "<CompleteMultipartUpload>\(list.joined())</CompleteMultipartUpload>"
        var headers = options.conditionHeaders
        headers[.contentType] = "application/xml"
        let call = ServiceRequest(
            .post, try target(name, query: PercentEncoding.query([("uploadId", upload)])),
            purpose: "join the parts of \(name)", headers: headers, body: .bytes(Array(text.utf8)), isRepeatable: true)
        let response = try await ask { try await $0.collect(call) }
        let tree = try xml(response, "CompleteMultipartUploadResult", of: call)
        var head = response.head
        head.headerFields[.eTag] = tree["ETag"]?.text
        return head
    }

    private func abort(_ name: String, _ upload: String) async {
        do {
            let query = PercentEncoding.query([("uploadId", upload)])
            let call = ServiceRequest(.delete, try target(name, query: query), purpose: "drop the parts of \(name)")
            _ = try await ask { try await $0.collect(call) }
        } catch {
            options.logger.warning("The parts of \(name) could not be dropped: \(Redaction.text("\(error)"))")
        }
    }
}
