// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

/// How an object of a store is written.
public struct UploadOptions: Sendable, Hashable {
    /// When a write is allowed.
    public enum Condition: Sendable, Hashable {
        /// Whatever is there is replaced.
        case always
        /// Only where nothing of that name is.
        case ifNew
        /// Only over the version with this etag, in quotes or without.
        case ifUnchanged(etag: String)
    }

    public var contentType: String
    /// Names of letters, digits and `_` (S3: hyphens too); values of ASCII.
    public var metadata: [String: String]
    public var condition: Condition

    public init(
        contentType: String = "application/octet-stream", metadata: [String: String] = [:],
        condition: Condition = .always
    ) {
        (self.contentType, self.metadata, self.condition) = (contentType, metadata, condition)
    }

    /// The metadata as headers, each name behind the service's prefix.
    ///
    /// - Throws: `ServiceError`, `.badArgument` for what no header can say.
    package func metadataHeaders(prefix: String) throws(ServiceError) -> HTTPFields {
        var headers = HTTPFields()
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            guard let field = HTTPField.Name(prefix + name), HTTPField.isValidValue(value),
                value.utf8.allSatisfy({ $0 < 128 })
            else { throw ServiceError(.badArgument, "The metadata \(name) cannot be sent in a header.") }
            headers[field] = value
        }
        return headers
    }

    /// The condition as a header.
    package var conditionHeaders: HTTPFields {
        switch condition {
        case .always: [:]
        case .ifNew: [.ifNoneMatch: "*"]
        case .ifUnchanged(let etag): [.ifMatch: etag.hasSuffix("\"") ? etag : "\"\(etag)\""]
        }
    }
}
