// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// An endpoint in the making: each member adds a segment to its path, calling it sends the request.
///
/// A chain is a value: kept and used twice, it stays what it is. A name is looked up nowhere before the call.
@dynamicMemberLookup @dynamicCallable
public struct EndpointChain: Sendable {
    let core: ClientCore
    let segments: [EndpointCall.Segment]

    /// The next segment, whose underscores stand for dashes; `get`, `post`, `put`, `patch` and `delete` at the end of a
    /// chain are its method.
    public subscript(dynamicMember name: String) -> EndpointChain {
        EndpointChain(core: core, segments: segments + [EndpointCall.Segment(name)])
    }

    /// The next segment as it stands in the path, for names that no code can have.
    public subscript(_ name: String) -> EndpointChain {
        EndpointChain(core: core, segments: segments + [EndpointCall.Segment(name, isExact: true)])
    }

    /// Sends the request.
    ///
    /// - Parameter arguments: those without a label follow the path; `headers:` are the request's; all others are the
    ///   endpoint's own and go where its document says, else into the query of a GET and the JSON body of all else.
    /// - Throws: `OmniverseError`; `CancellationError`.
    @discardableResult
    public func dynamicallyCall(
        withKeywordArguments arguments: KeyValuePairs<String, JSONValue>
    ) async throws -> ServiceReply {
        try await core.send(try EndpointCall(segments, arguments: arguments))
    }
}
