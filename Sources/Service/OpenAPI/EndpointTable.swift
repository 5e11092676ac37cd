// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import OmniverseServices

/// Finds the endpoint of a request, reads its arguments, and answers as FastAPI does where there is none or they are bad.
struct EndpointTable: Sendable {
    var endpoints: [Endpoint]
    /// Bytes that a body may have, once decompressed.
    var maxBodyBytes = 1 << 20

    /// The answer to a request.
    ///
    /// - Throws: what the endpoint's handler throws.
    func answer(_ request: WireRequest, correlation: String) async throws -> ServiceReply {
        let path = request.target.prefix { $0 != "?" }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        let found = endpoints.compactMap { endpoint in endpoint.match(segments).map { (endpoint, $0) } }
        guard !found.isEmpty else { return redirect(request, segments) ?? .detail(404, "Not Found") }
        guard let (endpoint, parameters) = found.first(where: { $0.0.method == request.method }) else {
            var reply = ServiceReply.detail(405, "Method Not Allowed")
            let methods = Set(found.map(\.0.method.rawValue)).sorted()
            reply.headers[.allow] = methods.joined(separator: ", ")
            return reply
        }
        var call = Endpoint.Call(request: request, path: parameters, correlation: correlation)
        do throws(Model.Faults) {
            call.values = try values(endpoint, request)
        } catch {
            return .json(error.json, status: 422)
        }
        return try await endpoint.handler(call)
    }

    /// The endpoint that a path means, for who has to know before its body is there.
    func endpoint(_ method: HTTPRequest.Method, _ target: String) -> Endpoint? {
        let segments = target.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        return endpoints.first { $0.method == method && $0.match(segments) != nil }
    }

    /// A path that only a slash at its end keeps from being one of ours leads there.
    private func redirect(_ request: WireRequest, _ segments: [Substring]) -> ServiceReply? {
        let other = segments.count > 2 && segments.last?.isEmpty == true ? Array(segments.dropLast()) : segments + [""]
        guard endpoints.contains(where: { $0.match(other) != nil }) else { return nil }
        let query = request.target.drop { $0 != "?" }
        return ServiceReply(status: 307, headers: [.location: other.joined(separator: "/") + query], bytes: [])
    }

    // MARK: Arguments

    private func values(
        _ endpoint: Endpoint, _ request: WireRequest
    ) throws(Model.Faults) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        let items = Self.items(request)
        if let query = endpoint.query {
            values = try query.read(Self.object(items, query), at: "query").get()
        }
        guard let body = endpoint.body else { return values }
        // A GET may carry its arguments either way.
        if endpoint.method == .get, request.body?.isEmpty != false {
            return try body.read(Self.object(items, body), at: "query").get()
        }
        let value = try Self.json(request)
        return values.merging(try body.read(value, at: "body").get()) { $1 }
    }

    private static func object(_ items: [(String, String)], _ model: Model) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for field in model.fields {
            if let text = items.last(where: { $0.0 == field.name })?.1 {
                members[field.name] = field.value(ofText: text)
            }
        }
        return .object(members)
    }

    private static func items(_ request: WireRequest) -> [(String, String)] {
        request.target.drop { $0 != "?" }.dropFirst().split(separator: "&").map { item in
            let halves = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func plain(_ text: Substring) -> String {
                let spaced = text.replacing("+", with: " ")
                return String(spaced).removingPercentEncoding ?? String(spaced)
            }
            return (plain(halves[0]), halves.count > 1 ? plain(halves[1]) : "")
        }
    }

    private static func json(_ request: WireRequest) throws(Model.Faults) -> JSONValue {
        let bytes = request.body ?? []
        guard !bytes.isEmpty else {
            throw Model.Faults([Fault("missing", "Field required", .null, place: ["body"])])
        }
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
        guard type == "application/json" || type.hasSuffix("+json") else {
            // Newer FastAPI takes such a body for a text, which is no object.
            return .string(String(decoding: bytes, as: UTF8.self))
        }
        do throws(JSONParseError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw Model.Faults([
                Fault(
                    "json_invalid", "JSON decode error", [:], context: ["error": .string(error.message)],
                    place: ["body", .int(Int64(error.offset))])
            ])
        }
    }
}

extension ServiceReply {
    /// An answer in JSON.
    static func json(_ value: JSONValue, status: Int = 200) -> ServiceReply {
        var reply = ServiceReply(status: status, headers: [.contentType: "application/json"], bytes: [])
        reply.content = .json(value)
        return reply
    }

    /// A refusal as FastAPI words it.
    static func detail(_ status: Int, _ text: String) -> ServiceReply {
        json(["detail": .string(text)], status: status)
    }

    /// A text of some media type.
    static func text(_ text: String, type: String, status: Int = 200) -> ServiceReply {
        var reply = ServiceReply(status: status, headers: [.contentType: type], bytes: [])
        reply.content = .text(text)
        return reply
    }

    /// The body as it goes over a connection.
    var wireBody: [UInt8] {
        switch content {
        case .json(let value): value.serializedUTF8()
        case .text(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        }
    }
}

extension HTTPField.Name {
    static let allow = HTTPField.Name("Allow")!
}
