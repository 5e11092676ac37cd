// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSONRPC

/// A client of any service of the Omniverse Services framework.
///
/// ```swift
/// let client = try AsyncClient(uri: "http://127.0.0.1:8011")
/// let reply = try await client.capture.post(usd_stage_path: "stage.usd")
/// let settings = try await client.queue.settings.get(headers: ["Authorization": "Bearer …"])
/// ```
///
/// Members make the path, with underscores for dashes; the last one may be the method. Where the service has an OpenAPI
/// document its names and the places of its parameters are used; where it has none, arguments of a GET are its query and
/// those of everything else its JSON body. A chain that names no method uses the only one of the endpoint, else POST.
@dynamicMemberLookup
public struct AsyncClient: Sendable {
    let core: ClientCore

    /// Reads an address; nothing is connected to yet.
    ///
    /// - Parameters:
    ///   - uri: `http://`, `https://` or `local://` with a path that all calls begin with.
    ///   - application: what answers calls of a `local://` address.
    /// - Throws: `OmniverseError` with `.badAddress` or `.transportNotFound`.
    public init(
        uri: String, application: (any ServiceApplication)? = nil, options: AsyncClientOptions = AsyncClientOptions()
    ) throws(OmniverseError) {
        let (transport, base) = try TransportRegistry.transport(for: uri, application: application, options: options)
        core = ClientCore(base: base, transport: transport, options: options)
    }

    init(core: ClientCore) { self.core = core }

    /// The first segment of a path, whose underscores stand for dashes.
    public subscript(dynamicMember name: String) -> EndpointChain {
        EndpointChain(core: core, segments: [EndpointCall.Segment(name)])
    }

    /// The first segment as it stands in the path, for names that no code can have or that are the client's own.
    public subscript(_ name: String) -> EndpointChain {
        EndpointChain(core: core, segments: [EndpointCall.Segment(name, isExact: true)])
    }

    /// Sends a call that was put together by hand.
    ///
    /// - Throws: `OmniverseError`; `CancellationError`.
    @discardableResult
    public func send(_ call: EndpointCall) async throws -> ServiceReply { try await core.send(call) }

    /// Calls an endpoint with a value as its arguments and reads the answer as a type.
    ///
    /// - Throws: `OmniverseError`, `.unreadable` when the answer is not an `Answer`; `CancellationError`.
    public func call<Answer: Decodable>(
        _ endpoint: EndpointChain, with arguments: some Encodable & Sendable, headers: HTTPFields = [:],
        as type: Answer.Type
    ) async throws -> Answer {
        var call = EndpointCall(endpoint.segments)
        call.headers = headers
        let value = try JSONValue(encoding: arguments)
        guard let members = value.objectValue else {
            throw OmniverseError(
                .badArgument, "Arguments are an object of names and values, not \(value.serialized()).")
        }
        call.named = members
        return try await core.send(call).decode(as: type)
    }

    /// Ends the client; calls after this fail.
    public func stop() { core.stop() }
}
