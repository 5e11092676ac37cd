// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import S3Storage
import Stores

/// A bucket as a store.
public struct S3ObjectStore: ObjectStore {
    private let bucket: S3Bucket

    public init(_ bucket: S3Bucket) { self.bucket = bucket }

    public var address: String { "s3://\(bucket.name)" }

    public func look(at name: String) async throws -> ObjectState? {
        try await telling(name) { try await bucket.properties(of: name).map(Self.state) }
    }

    public func list(prefix: String) async throws -> [StoredObject] {
        try await telling(prefix) {
            var found: [StoredObject] = []
            for try await object in bucket.list(prefix: prefix) {
                found.append(StoredObject(name: object.name, state: Self.state(object)))
            }
            return found
        }
    }

    public func head(of name: String, count: Int) async throws -> [UInt8]? {
        try await telling(name) {
            do {
                return try await bucket.get(name, range: 0..<Int64(max(1, count)))
            } catch let error as ServiceError where error.body?.code == "NoSuchKey" {
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
            Self.state(try await bucket.download(name, to: URL(fileURLWithPath: file)))
        }
    }

    @discardableResult
    public func put(_ bytes: [UInt8], as name: String, _ options: PutOptions) async throws -> ObjectState {
        try await telling(name) {
            Self.state(try await bucket.put(name, bytes: bytes, options: UploadOptions(options)))
        }
    }

    @discardableResult
    public func put(file: String, as name: String, _ options: PutOptions) async throws -> ObjectState {
        try await telling(name) {
            Self.state(
                try await bucket.put(name, file: URL(fileURLWithPath: file), options: UploadOptions(options)))
        }
    }

    public func delete(_ name: String) async throws { try await telling(name) { try await bucket.delete(name) } }

    private static func state(_ object: S3Object) -> ObjectState {
        ObjectState(length: object.length, version: object.etag, metadata: object.metadata)
    }

    private func telling<Value>(_ name: String, _ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as ServiceError {
            throw StoreError(error, at: address, endpoint: bucket.endpoint, name: name)
        }
    }
}
