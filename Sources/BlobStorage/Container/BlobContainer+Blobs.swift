// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

extension BlobContainer {
    /// What is known of a blob; `nil` when there is none of that name.
    ///
    /// - Throws: `ServiceError`, also when the container itself is missing; `CancellationError`.
    public func properties(of name: String) async throws -> BlobProperties? {
        let call = ServiceRequest(.head, try target(name), purpose: "look at \(name)")
        do {
            return BlobProperties(try await pipeline.collect(call).head.headerFields)
        } catch let error as ServiceError where error.status == 404 && error.body?.code == "BlobNotFound" {
            return nil
        }
    }

    /// Deletes a blob.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `ServiceError`; `CancellationError`.
    @discardableResult
    public func delete(_ name: String) async throws -> Bool {
        let call = ServiceRequest(.delete, try target(name), purpose: "delete \(name)")
        do {
            _ = try await pipeline.collect(call)
            return true
        } catch let error as ServiceError where error.status == 404 && error.body?.code == "BlobNotFound" {
            // On a later try, an earlier one may have deleted it.
            return error.tries > 1
        }
    }

    /// The blobs whose names start with a text, in the order of their names.
    ///
    /// - Parameter pageLength: how many come with one request, 5000 at most.
    public func list(prefix: String = "", pageLength: Int? = nil) -> PagedSequence<BlobItem> {
        let first = listing(prefix: prefix, marker: nil, pageLength)
        return PagedSequence(first: first) { call in
            let tree = try xml(try await pipeline.collect(call), of: call)
            guard tree.name == "EnumerationResults" else {
                throw ServiceError(
                    .unreadable, "Blob storage answered with \(tree.name) when asked to \(call.purpose).")
            }
            let marker = tree["NextMarker"]?.text ?? ""
            return PagedSequence.Page(
                items: (tree["Blobs"]?.children ?? []).filter { $0.name == "Blob" }.compactMap(BlobItem.init),
                next: marker.isEmpty ? nil : listing(prefix: prefix, marker: marker, pageLength))
        }
    }

    private func listing(prefix: String, marker: String?, _ pageLength: Int?) -> ServiceRequest {
        var query = [("restype", "container"), ("comp", "list")]
        if !prefix.isEmpty { query.append(("prefix", prefix)) }
        if let marker { query.append(("marker", marker)) }
        if let pageLength { query.append(("maxresults", String(pageLength))) }
        return ServiceRequest(.get, "?\(PercentEncoding.query(query))", purpose: "list blobs")
    }
}

extension BlobItem {
    init?(_ element: XMLElementTree) {
        guard let name = element["Name"] else { return nil }
        let properties = element["Properties"]
        self.init(
            // Names that XML cannot hold come percent-encoded.
            name: name.attributes["Encoded"] == "true" ? PercentEncoding.decode(name.text) ?? name.text : name.text,
            length: properties?["Content-Length"].flatMap { Int64($0.text) } ?? 0, etag: properties?["Etag"]?.text,
            lastModified: properties?["Last-Modified"].flatMap { HTTPDate.date($0.text) },
            contentType: properties?["Content-Type"]?.text)
    }
}
