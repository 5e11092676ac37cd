// SPDX-License-Identifier: Apache-2.0

/// A place that keeps objects by name: a folder, an S3 bucket, a container of Blob storage.
///
/// Names are paths whose parts `/` separates, without one at the start. An object is in its place whole or not at all.
/// All methods throw `StoreError`, and `CancellationError` when the task is cancelled.
public protocol ObjectStore: Sendable {
    /// The place, without anything secret: `s3://bucket`, `az://account/container`, a folder's path.
    var address: String { get }

    /// How an object stands; `nil` when there is none of that name.
    func look(at name: String) async throws -> ObjectState?

    /// All objects whose names start with a text, in no certain order; a thousand or more come with one request.
    func list(prefix: String) async throws -> [StoredObject]

    /// The first bytes of an object, at most so many; `nil` when there is none of that name.
    func head(of name: String, count: Int) async throws -> [UInt8]?

    /// Brings an object into a file, whole or not at all; folders on the way are there already. The file may be a link
    /// to the object, where that is a file itself.
    ///
    /// - Returns: how the object stood that was brought.
    @discardableResult
    func fetch(_ name: String, to file: String) async throws -> ObjectState

    /// Puts bytes in the place of what was there.
    @discardableResult
    func put(_ bytes: [UInt8], as name: String, _ options: PutOptions) async throws -> ObjectState

    /// Puts a file's bytes in the place of what was there, a long one in parts.
    @discardableResult
    func put(file: String, as name: String, _ options: PutOptions) async throws -> ObjectState

    /// Takes an object away; whether there was one is told only where that costs no request of its own.
    func delete(_ name: String) async throws
}

/// An object without its bytes.
public struct ObjectState: Sendable, Hashable {
    /// Bytes.
    public var length: Int64
    /// Another text after every write; of a bucket or container the etag, without quotes.
    public var version: String
    /// What was put with it, names in lower case; of a list's objects and of folders nothing.
    public var metadata: [String: String]

    public init(length: Int64, version: String, metadata: [String: String] = [:]) {
        (self.length, self.version, self.metadata) = (length, version, metadata)
    }
}

/// An object of a list.
public struct StoredObject: Sendable, Hashable {
    public var name: String
    public var state: ObjectState

    public init(name: String, state: ObjectState) { (self.name, self.state) = (name, state) }
}

/// How an object is put.
public struct PutOptions: Sendable, Hashable {
    /// When a write is allowed.
    public enum Condition: Sendable, Hashable {
        /// Whatever is there is replaced.
        case always
        /// Only where no object of that name is.
        case ifNew
        /// Only over this version.
        case ifUnchanged(version: String)
    }

    public var contentType: String
    /// Names of lower-case letters, digits and `_`; values of ASCII. Folders keep none.
    public var metadata: [String: String]
    public var condition: Condition

    public init(
        contentType: String = "application/octet-stream", metadata: [String: String] = [:],
        condition: Condition = .always
    ) {
        (self.contentType, self.metadata, self.condition) = (contentType, metadata, condition)
    }
}
