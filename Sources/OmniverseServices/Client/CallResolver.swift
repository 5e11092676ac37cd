// SPDX-License-Identifier: Apache-2.0
import HTTPService
import HTTPTypes
import JSONRPC

/// Turns a call into a request: by the service's document, else by the rules of names.
struct CallResolver: Sendable {
    let document: ServiceDocument?
    let use: AsyncClientOptions.DocumentUse

    /// - Throws: `OmniverseError` with `.badArgument`.
    func request(for call: EndpointCall) throws(OmniverseError) -> WireRequest {
        let texts = try positional(call)
        if use == .full, let match = document?.match(call, positional: texts) {
            return try request(for: call, match)
        }
        let path = call.segments.map(\.dashed).map(PercentEncoding.segment) + texts.map(PercentEncoding.path)
        let method = call.method ?? document?.onlyMethod(below: call.segments.map(\.text)) ?? .post
        var request = WireRequest(method: method, target: "/" + path.joined(separator: "/"), headers: call.headers)
        if call.style == .raw, method != .get {
            try fillRaw(&request, call)
        } else if method == .get {
            try addQuery(&request, call.named)
        } else {
            setBody(&request, .object(call.named))
        }
        return request
    }

    private func request(
        for call: EndpointCall, _ match: ServiceDocument.Match
    ) throws(OmniverseError) -> WireRequest {
        let operation = match.operation
        var request = WireRequest(method: operation.method, target: match.path, headers: call.headers)
        if call.style == .raw {
            try fillRaw(&request, call)
            return request
        }
        var (query, body): ([String: JSONValue], [String: JSONValue]) = ([:], [:])
        for (name, value) in call.named where !match.used.contains(name) {
            switch operation.place(of: name) {
            case .query: query[operation.name(of: name)] = value
            case .header:
                guard let field = HTTPField.Name(operation.name(of: name)) else { continue }
                request.headers[field] = try EndpointCall.scalar(value)
            case .path, nil:
                // What the document does not know: where the body is, if there is one.
                if operation.hasBody || operation.method != .get { body[name] = value } else { query[name] = value }
            }
        }
        try addQuery(&request, query)
        if operation.hasBody || operation.method != .get { setBody(&request, .object(body)) }
        return request
    }

    /// The unnamed arguments as texts of a path.
    private func positional(_ call: EndpointCall) throws(OmniverseError) -> [String] {
        var texts: [String] = []
        for value in call.positional {
            let text = try EndpointCall.scalar(value)
            guard
                !text.split(separator: "/", omittingEmptySubsequences: false).contains(where: {
                    $0 == ".." || $0 == "."
                })
            else {
                throw OmniverseError(
                    .badArgument, "\"\(text)\" cannot follow a path: it would lead to another endpoint.")
            }
            texts.append(text)
        }
        return texts
    }

    // MARK: Query and body

    private func addQuery(_ request: inout WireRequest, _ values: [String: JSONValue]) throws(OmniverseError) {
        var items: [(name: String, value: String)] = []
        for (name, value) in values.sorted(by: { $0.key < $1.key }) where value != .null {
            for element in value.arrayValue ?? [value] { items.append((name, try EndpointCall.scalar(element))) }
        }
        guard !items.isEmpty else { return }
        request.target += "?" + PercentEncoding.query(items)
    }

    private func setBody(_ request: inout WireRequest, _ value: JSONValue) {
        request.body = value.serializedUTF8()
        if request.headers[.contentType] == nil { request.headers[.contentType] = "application/json" }
    }

    /// `data` is sent as it is, `json` as JSON, `params` as the query.
    private func fillRaw(_ request: inout WireRequest, _ call: EndpointCall) throws(OmniverseError) {
        for (name, value) in call.named.sorted(by: { $0.key < $1.key }) {
            switch (name, value) {
            case ("json", _): setBody(&request, value)
            case ("data", .string(let text)): request.body = Array(text.utf8)
            case ("params", .object(let members)): try addQuery(&request, members)
            default:
                throw OmniverseError(
                    .badArgument, "A raw call takes json (a value), data (text) and params (an object), not \(name).")
            }
        }
    }
}
