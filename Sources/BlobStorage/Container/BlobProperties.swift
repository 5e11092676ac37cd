// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// What is known of a blob without its bytes.
public struct BlobProperties: Sendable, Hashable {
    /// Changes with every write; with its quotes.
    public var etag: String?
    public var lastModified: Date?
    /// Bytes.
    public var length: Int64
    public var contentType: String?
    /// Names in lower case.
    public var metadata: [String: String] = [:]

    init(_ headers: HTTPFields) {
        etag = headers[.eTag]
        lastModified = headers[.lastModified].flatMap(HTTPDate.date)
        contentType = headers[.contentType]
        // A ranged answer tells the whole length behind the slash.
        let whole = headers[.contentRange]?.split(separator: "/").last.flatMap { Int64($0) }
        length = whole ?? headers[.contentLength].flatMap { Int64($0) } ?? 0
        for field in headers where field.name.canonicalName.hasPrefix("x-ms-meta-") {
            metadata[String(field.name.canonicalName.dropFirst("x-ms-meta-".count))] = field.value
        }
    }
}

/// A blob in a list.
public struct BlobItem: Sendable, Hashable {
    public var name: String
    /// Bytes.
    public var length: Int64
    public var etag: String?
    public var lastModified: Date?
    public var contentType: String?
}
