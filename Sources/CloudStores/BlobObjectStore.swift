// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Foundation
import HTTPService
import Stores

/// A container of Blob storage as a store.
public struct BlobObjectStore: ObjectStore {
    public let address: String
    private let container: BlobContainer

    /// - Parameter address: what it is called; `nil` for its URL.
    public init(_ container: BlobContainer, address: String? = nil) {
        (self.container, self.address) = (container, address ?? container.address)
    }

    public func look(at name: String) async throws -> ObjectState? {
        try await telling(name) { try await container.properties(of: name).map(Self.state) }
    }

    public func list(prefix: String) async throws -> [StoredObject] {
        try await telling(prefix) {
            var found: [StoredObject] = []
            for try await blob in container.list(prefix: prefix) {
                let version = blob.etag ?? blob.lastModified?.formatted(.iso8601) ?? ""
                found.append(
                    StoredObject(
                        name: blob.name, state: ObjectState(length: blob.length, version: Self.plain(version))))
            }
            return found
        }
    }

    public func head(of name: String, count: Int) async throws -> [UInt8]? {
        try await telling(name) {
            do {
                return try await container.get(name, range: 0..<Int64(max(1, count)))
            } catch let error as ServiceError where error.status == 404 && error.body?.code == "BlobNotFound" {
                return nil
            } catch let error as ServiceError where error.status == 416 {
                // It is empty.
                return []
            }
        }
    }

    @discardableResult
    public func fetch(_ name: String, to file: String) async throws -> ObjectState {
        try await telling(name) {
            Self.state(try await container.download(name, to: URL(fileURLWithPath: file)))
        }
    }

    @discardableResult
    public func put(_ bytes: [UInt8], as name: String, _ options: PutOptions) async throws -> ObjectState {
        try await telling(name) {
            Self.state(try await container.put(name, bytes: bytes, options: UploadOptions(options)))
        }
    }

    @discardableResult
    public func put(file: String, as name: String, _ options: PutOptions) async throws -> ObjectState {
        try await telling(name) {
            Self.state(
                try await container.put(name, file: URL(fileURLWithPath: file), options: UploadOptions(options)))
        }
    }

    public func delete(_ name: String) async throws {
        _ = try await telling(name) { try await container.delete(name) }
    }

    private static func state(_ blob: BlobProperties) -> ObjectState {
        let version = blob.etag ?? blob.lastModified?.formatted(.iso8601) ?? ""
        return ObjectState(length: blob.length, version: plain(version), metadata: blob.metadata)
    }

    private static func plain(_ etag: String) -> String { etag.filter { $0 != "\"" } }

    private func telling<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as ServiceError {
            throw StoreError(error, at: address, endpoint: container.address, name: name)
        }
    }
}
