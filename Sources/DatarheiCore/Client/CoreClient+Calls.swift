// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC

extension CoreClient {
    /// A call of the API.
    ///
    /// - Parameters:
    ///   - parts: of the path, as they are; each becomes one segment.
    ///   - query: names and values; those without a value are left out.
    func call(
        _ method: HTTPRequest.Method, _ parts: [String], query: [(String, String?)] = [], purpose: String,
        body: RequestBody = .none, isRepeatable: Bool? = nil
    ) throws(ServiceError) -> ServiceRequest {
        guard !parts.contains(where: \.isEmpty) else {
            throw ServiceError(.badArgument, "An empty name was given to \(purpose).")
        }
        return request(
            method, "/api/v3/" + parts.map(PercentEncoding.segment).joined(separator: "/"), query: query,
            purpose: purpose, body: body, isRepeatable: isRepeatable)
    }

    func request(
        _ method: HTTPRequest.Method, _ path: String, query: [(String, String?)] = [], purpose: String,
        body: RequestBody = .none, isRepeatable: Bool? = nil
    ) -> ServiceRequest {
        let items = query.compactMap { name, value in value.map { (name: name, value: $0) } }
        let target = items.isEmpty ? path : path + "?" + PercentEncoding.query(items)
        var headers: HTTPFields = [.accept: "*/*"]
        if case .bytes = body { headers[.contentType] = "application/json" }
        return ServiceRequest(
            method, target, purpose: purpose, headers: headers, body: body, isRepeatable: isRepeatable)
    }

    /// What is to be sent, as JSON.
    func body(_ value: some Encodable, for purpose: String) throws(ServiceError) -> RequestBody {
        do {
            return .bytes(try CoreJSON.encode(value))
        } catch {
            throw ServiceError(.badArgument, "What is to \(purpose) cannot be written as JSON.", underlying: error)
        }
    }

    func body(_ value: JSONValue) -> RequestBody { .bytes(value.serializedUTF8()) }

    /// Sends a call and reads the JSON of its answer.
    func fetch<Answer: Decodable>(
        _ call: ServiceRequest, as type: Answer.Type = Answer.self, isOpen: Bool = false
    ) async throws -> Answer {
        let pipeline = try pipeline(for: call, isOpen: isOpen)
        return try await explained(call) {
            try await pipeline.json(call, as: type, decoder: CoreJSON.decoder)
        }
    }

    /// Sends a call and takes its whole answer.
    @discardableResult
    func collect(_ call: ServiceRequest, isOpen: Bool = false) async throws -> CollectedResponse {
        let pipeline = try pipeline(for: call, isOpen: isOpen)
        return try await explained(call) { try await pipeline.collect(call) }
    }

    /// Sends a call and gives its answer with the body unread.
    func open(_ call: ServiceRequest) async throws -> ServiceResponse {
        let pipeline = try pipeline(for: call)
        return try await explained(call) { try await pipeline.send(call) }
    }

    /// Runs a call, and tells what is not there from what the server does not know.
    private func explained<Answer>(_ call: ServiceRequest, _ work: () async throws -> Answer) async throws -> Answer {
        do {
            return try await work()
        } catch var error as ServiceError {
            guard let kind = CoreRefusal.kind(of: error) else { throw error }
            error.code = kind
            if kind == .notSupported {
                let version = try? await with(retries: 0).about().version.number
                error.message =
                    "datarhei Core \(version ?? "of unknown version") at \(endpoint.authority) has no \(call.method) "
                    + "\(call.target.prefix { $0 != "?" }), or has it switched off: it cannot \(call.purpose)."
            }
            throw error
        }
    }
}
