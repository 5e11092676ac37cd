// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

/// How an object is written.
public struct S3PutOptions: Sendable {
    /// When a write is allowed.
    public enum Condition: Sendable, Hashable {
        /// Whatever is there is replaced.
        case always
        /// Only where no object of that name is.
        case ifNew
        /// Only over the version with this etag.
        case ifUnchanged(etag: String)
    }

    public var contentType: String
    /// Names of letters, digits, hyphens and `_`; values of ASCII.
    public var metadata: [String: String]
    public var condition: Condition

    public init(
        contentType: String = "application/octet-stream", metadata: [String: String] = [:],
        condition: Condition = .always
    ) {
        (self.contentType, self.metadata, self.condition) = (contentType, metadata, condition)
    }

    /// Headers that tell what the object is: of the put, or of the request that begins one in parts.
    func description() throws(ServiceError) -> HTTPFields {
        var headers: HTTPFields = [.contentType: contentType]
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            guard let field = HTTPField.Name(S3Object.metadataPrefix + name), HTTPField.isValidValue(value),
                value.utf8.allSatisfy({ $0 < 128 })
            else { throw ServiceError(.badArgument, "The metadata \(name) cannot be sent in a header.") }
            headers[field] = value
        }
        return headers
    }

    /// The condition: a header of the put, or of the request that ends one in parts.
    var conditions: HTTPFields {
        switch condition {
        case .always: [:]
        case .ifNew: [.ifNoneMatch: "*"]
        case .ifUnchanged(let etag): [.ifMatch: "\"\(etag)\""]
        }
    }
}
