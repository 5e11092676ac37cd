// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// An object without its bytes.
public struct S3Object: Sendable, Hashable {
    public var name: String
    /// Bytes.
    public var length: Int64
    /// Changes with what is written; without quotes.
    public var etag: String
    public var contentType: String?
    /// Names in lower case; lists tell none.
    public var metadata: [String: String] = [:]

    static let metadataPrefix = "x-amz-meta-"

    init(_ name: String, _ headers: HTTPFields) {
        self.name = name
        etag = Self.plain(headers[.eTag] ?? "")
        contentType = headers[.contentType]
        // A ranged answer tells the whole length behind the slash.
        let whole = headers[.contentRange]?.split(separator: "/").last.flatMap { Int64($0) }
        length = whole ?? headers[.contentLength].flatMap { Int64($0) } ?? 0
        for field in headers where field.name.canonicalName.hasPrefix(Self.metadataPrefix) {
            metadata[String(field.name.canonicalName.dropFirst(Self.metadataPrefix.count))] = field.value
        }
    }

    /// An entry of a list whose names are encoded.
    init?(_ element: XMLElementTree) {
        // In such lists a plus may stand for a space, as in forms.
        guard let key = element["Key"]?.text, let name = PercentEncoding.decode(key.replacing("+", with: "%20")) else {
            return nil
        }
        self.name = name
        length = element["Size"].flatMap { Int64($0.text) } ?? 0
        etag = Self.plain(element["ETag"]?.text ?? "")
    }

    static func plain(_ etag: String) -> String { etag.filter { $0 != "\"" } }
}
