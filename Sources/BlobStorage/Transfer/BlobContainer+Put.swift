// SPDX-License-Identifier: Apache-2.0
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
        _ name: String, bytes: [UInt8], options: BlobPutOptions = BlobPutOptions()
    ) async throws -> BlobProperties {
        var headers = try options.headers()
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
    /// An upload that is cut off leaves an older blob as it was; blocks that nobody uses are dropped after a week.
    ///
    /// - Parameter sent: told the bytes that are up, after each block.
    /// - Throws: `ServiceError`, `.file` when the file cannot be read or changes while it is; `CancellationError`.
    @discardableResult
    public func put(
        _ name: String, file: URL, options: BlobPutOptions = BlobPutOptions(),
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
        let needed = (source.length + Int64(Self.mostBlocks) - 1) / Int64(Self.mostBlocks)
        let length = max(self.options.blockLength, Int(needed))
        var identifiers: [String] = []
        // One upload's blocks must not mix with another's of the same blob.
        let upload = UUID().uuidString.prefix(8)
        var done: Int64 = 0
        while done < source.length {
            let bytes = try source.read(Int(min(Int64(length), source.length - done)))
            let number = String(String(identifiers.count + 100_000_000).dropFirst())
            identifiers.append(Data("\(upload)\(number)".utf8).base64EncodedString())
            try await putBlock(bytes, identifiers[identifiers.count - 1], of: name)
            done += Int64(bytes.count)
            sent(done)
        }
        try source.checkUnchanged()
        var properties = try await commit(identifiers, to: name, options: options)
        (properties.length, properties.contentType) = (done, options.contentType)
        return properties
    }

    private func putBlock(_ bytes: [UInt8], _ identifier: String, of name: String) async throws {
        let query = PercentEncoding.query([("comp", "block"), ("blockid", identifier)])
        let call = ServiceRequest(
            .put, try target(name, query: query), purpose: "take a block of \(name)",
            headers: [.contentType: "application/octet-stream"], body: .bytes(bytes))
        _ = try await pipeline.collect(call)
    }

    private func commit(
        _ identifiers: [String], to name: String, options: BlobPutOptions
    ) async throws -> BlobProperties {
        let list = identifiers.map { "<Latest>\($0)</Latest>" }.joined()
        let text = "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>\(list)</BlockList>"
        var headers = try options.headers()
        headers[.contentType] = "application/xml"
        let call = ServiceRequest(
            .put, try target(name, query: "comp=blocklist"), purpose: "join the blocks of \(name)", headers: headers,
            body: .bytes(Array(text.utf8)))
        return BlobProperties(try await pipeline.collect(call).head.headerFields)
    }
}
