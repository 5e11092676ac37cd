// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

/// How a blob is written.
public struct BlobPutOptions: Sendable {
    /// When a write is allowed.
    public enum Condition: Sendable, Hashable {
        /// Whatever is there is replaced.
        case always
        /// Only where no blob of that name is.
        case ifNew
        /// Only over the version that carries this etag.
        case ifUnchanged(etag: String)
    }

    public var contentType: String
    /// Names of letters, digits and `_`; values of ASCII.
    public var metadata: [String: String]
    public var condition: Condition

    public init(
        contentType: String = "application/octet-stream", metadata: [String: String] = [:],
        condition: Condition = .always
    ) {
        (self.contentType, self.metadata, self.condition) = (contentType, metadata, condition)
    }

    /// The headers that the last request of a write carries.
    func headers() throws(ServiceError) -> HTTPFields {
        var headers: HTTPFields = [HTTPField.Name("x-ms-blob-content-type")!: contentType]
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            guard let field = HTTPField.Name("x-ms-meta-\(name)"), HTTPField.isValidValue(value),
                value.utf8.allSatisfy({ $0 < 128 })
            else { throw ServiceError(.badArgument, "The metadata \(name) cannot be sent in a header.") }
            headers[field] = value
        }
        switch condition {
        case .always: break
        case .ifNew: headers[.ifNoneMatch] = "*"
        case .ifUnchanged(let etag): headers[.ifMatch] = etag
        }
        return headers
    }
}
