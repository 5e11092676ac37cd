// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes

extension S3Bucket {
    /// What is known of an object; `nil` when there is none of that name.
    ///
    /// - Throws: `ServiceError`; `CancellationError`. A bucket that is missing cannot be told from an object here.
    public func properties(of name: String) async throws -> S3Object? {
        let call = ServiceRequest(.head, try target(name), purpose: "look at \(name)")
        do {
            return S3Object(name, try await ask { try await $0.collect(call) }.head.headerFields)
        } catch let error as ServiceError where error.status == 404 {
            return nil
        }
    }

    /// Deletes an object; one that is not there is no error.
    ///
    /// - Throws: `ServiceError`; `CancellationError`.
    public func delete(_ name: String) async throws {
        let call = ServiceRequest(.delete, try target(name), purpose: "delete \(name)")
        _ = try await ask { try await $0.collect(call) }
    }

    /// The objects whose names start with a text, in the order of their names' bytes.
    ///
    /// - Parameter pageLength: how many come with one request, 1000 at most.
    public func list(prefix: String = "", pageLength: Int? = nil) -> PagedSequence<S3Object> {
        PagedSequence(first: listing(prefix: prefix, token: nil, pageLength)) { [self] call in
            let response = try await ask { try await $0.collect(call) }
            let tree = try xml(response, "ListBucketResult", of: call)
            let isCut = tree["IsTruncated"]?.text == "true"
            let token = isCut ? tree["NextContinuationToken"]?.text : nil
            if isCut, token == nil {
                throw ServiceError(
                    .unreadable, "S3 gave a part of a list and no way to go on, when asked to \(call.purpose).")
            }
            let entries = tree.children.filter { $0.name == "Contents" }
            let objects = entries.compactMap { S3Object($0) }
            guard objects.count == entries.count else {
                throw ServiceError(.unreadable, "S3 gave names that cannot be read when asked to \(call.purpose).")
            }
            return PagedSequence.Page(
                items: objects, next: token.map { listing(prefix: prefix, token: $0, pageLength) })
        }
    }

    private func listing(prefix: String, token: String?, _ pageLength: Int?) -> ServiceRequest {
        var query = [("list-type", "2"), ("encoding-type", "url")]
        if !prefix.isEmpty { query.append(("prefix", prefix)) }
        if let pageLength { query.append(("max-keys", String(pageLength))) }
        if let token { query.append(("continuation-token", token)) }
        let what = prefix.isEmpty ? "list the bucket \(name)" : "list \(prefix)… in the bucket \(name)"
        return ServiceRequest(.get, "/?\(PercentEncoding.query(query))", purpose: what)
    }
}
