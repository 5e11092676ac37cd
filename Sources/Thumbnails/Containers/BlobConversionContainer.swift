// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Foundation
import HTTPService

/// A container of Blob storage.
public struct BlobConversionContainer: ConversionContainer {
    private let container: BlobContainer

    public init(_ container: BlobContainer) { self.container = container }

    public var address: String { container.address }

    public func look(at name: String) async throws -> BlobState? {
        try await container.properties(of: name).map {
            BlobState(version: $0.etag ?? $0.lastModified?.formatted(.iso8601) ?? "", length: $0.length)
        }
    }

    public func names(below prefix: String) async throws -> [String] {
        var names: [String] = []
        for try await blob in container.list(prefix: prefix) { names.append(blob.name) }
        return names
    }

    public func head(of name: String, count: Int) async throws -> [UInt8]? {
        do {
            return try await container.get(name, range: 0..<Int64(count))
        } catch let error as ServiceError where error.status == 404 && error.body?.code == "BlobNotFound" {
            return nil
        } catch let error as ServiceError where error.status == 416 {
            // It is empty.
            return []
        }
    }

    public func fetch(_ name: String, to file: String) async throws {
        try await container.download(name, to: URL(fileURLWithPath: file))
    }

    public func put(picture bytes: [UInt8], as name: String) async throws {
        try await container.put(name, bytes: bytes, options: BlobPutOptions(contentType: "image/png"))
    }
}
