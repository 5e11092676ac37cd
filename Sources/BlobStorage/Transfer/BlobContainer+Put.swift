// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPService
import HTTPTypes

extension BlobContainer {
    /// The most blocks that a blob may have.
    private static let mostBlocks = 50_000

    /// Writes a blob from memory, whole or not at all.
    ///
    /// - Throws: `ServiceError`: 409 or 412 when the condition does not hold; `CancellationError`.
    @discardableResult
    public func put(
        _ name: String, bytes: [UInt8], options: UploadOptions = UploadOptions()
    ) async throws -> BlobProperties {
        var headers = try Self.headers(options)
        headers[HTTPField.Name("x-ms-blob-type")!] = "BlockBlob"
        headers[.contentType] = "application/octet-stream"
        let call = ServiceRequest(
            .put, try target(name), purpose: "put \(name)", headers: headers, body: .bytes(bytes))
        var properties = BlobProperties(try await pipeline.collect(call).head.headerFields)
        (properties.length, properties.contentType) = (Int64(bytes.count), options.contentType)
        return properties
    }

    /// Writes a blob from a file; a long one in blocks, which become the blob only once all of them are there.
    ///
    /// An upload that is cut off leaves an older blob as it was, and the next one of the same bytes sends only what is
    /// missing, if its credential may read; blocks that nobody uses are dropped after a week.
    ///
    /// - Parameter sent: told the bytes that are up, after each block.
    /// - Throws: `ServiceError`, `.file` when the file cannot be read or changes while it is; `CancellationError`.
    @discardableResult
    public func put(
        _ name: String, file: URL, options: UploadOptions = UploadOptions(),
        sent: @Sendable (Int64) -> Void = { _ in }
    ) async throws -> BlobProperties {
        let source = try UploadSource(file)
        defer { source.close() }
        guard source.length >= Int64(self.options.blockThreshold) else {
            let properties = try await put(name, bytes: try source.read(Int(source.length)), options: options)
            sent(source.length)
            return properties
        }
        // Once all blocks are up, a condition that fails would be a pity: look before.
        if options.condition == .ifNew, try await self.properties(of: name) != nil {
            throw ServiceError(
                .refused, "\(name) is there already.", status: 409,
                body: ServiceErrorBody(code: "BlobAlreadyExists", message: ""))
        }
        let (identifiers, done) = try await putBlocks(of: source, to: name, sent)
        try source.checkUnchanged()
        var properties = try await commit(identifiers, to: name, options: options)
        (properties.length, properties.contentType) = (done, options.contentType)
        return properties
    }

    /// What the last request of a write carries.
    private static func headers(_ options: UploadOptions) throws(ServiceError) -> HTTPFields {
        var headers = try options.metadataHeaders(prefix: "x-ms-meta-")
        headers[HTTPField.Name("x-ms-blob-content-type")!] = options.contentType
        for field in options.conditionHeaders { headers.append(field) }
        return headers
    }

    /// Sends the blocks of a file, but for those that are there from an upload that was cut off.
    private func putBlocks(
        of source: UploadSource, to name: String, _ sent: @Sendable (Int64) -> Void
    ) async throws -> (identifiers: [String], done: Int64) {
        let there = try await uncommittedBlocks(of: name)
        let needed = (source.length + Int64(Self.mostBlocks) - 1) / Int64(Self.mostBlocks)
        let length = max(options.blockLength, Int(needed))
        var identifiers: [String] = []
        var done: Int64 = 0
        while done < source.length {
            let bytes = try source.read(Int(min(Int64(length), source.length - done)))
            let identifier = Self.identifier(of: bytes, number: identifiers.count)
            if there[identifier] != bytes.count { try await putBlock(bytes, identifier, of: name) }
            identifiers.append(identifier)
            done += Int64(bytes.count)
            sent(done)
        }
        return (identifiers, done)
    }

    /// A block's name tells its bytes, so that blocks of different files never pass for each other.
    private static func identifier(of bytes: [UInt8], number: Int) -> String {
        let digest = SHA256.hash(data: bytes).prefix(24)
        return Data(withUnsafeBytes(of: UInt32(number).bigEndian, Array.init) + digest).base64EncodedString()
    }

    /// The lengths of the blocks that wait to become a blob, by their names.
    private func uncommittedBlocks(of name: String) async throws -> [String: Int] {
        let call = ServiceRequest(
            .get, try target(name, query: "comp=blocklist&blocklisttype=uncommitted"),
            purpose: "list the blocks of \(name)")
        let tree: XMLElementTree
        do {
            tree = try xml(try await pipeline.collect(call), of: call)
        } catch let error as ServiceError where error.status == 404 || error.status == 403 {
            // Nothing waits, or the credential may write only: then all is sent.
            return [:]
        }
        let blocks = (tree["UncommittedBlocks"]?.children ?? []).compactMap { block in
            block["Name"].flatMap { name in block["Size"].flatMap { Int($0.text) }.map { (name.text, $0) } }
        }
        return Dictionary(blocks) { first, _ in first }
    }

    private func putBlock(_ bytes: [UInt8], _ identifier: String, of name: String) async throws {
        let query = PercentEncoding.query([("comp", "block"), ("blockid", identifier)])
        let call = ServiceRequest(
            .put, try target(name, query: query), purpose: "take a block of \(name)",
            headers: [.contentType: "application/octet-stream"], body: .bytes(bytes))
        _ = try await pipeline.collect(call)
    }

    private func commit(
        _ identifiers: [String], to name: String, options: UploadOptions
    ) async throws -> BlobProperties {
        let list = identifiers.map { "<Latest>\($0)</Latest>" }.joined()
        let text = "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>\(list)</BlockList>"
        var headers = try Self.headers(options)
        headers[.contentType] = "application/xml"
        let call = ServiceRequest(
            .put, try target(name, query: "comp=blocklist"), purpose: "join the blocks of \(name)", headers: headers,
            body: .bytes(Array(text.utf8)))
        return BlobProperties(try await pipeline.collect(call).head.headerFields)
    }
}
