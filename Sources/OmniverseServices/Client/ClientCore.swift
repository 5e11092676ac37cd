// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import Logging
import Synchronization

/// What all chains of a client share: where the service is, and its document once it has been read.
final class ClientCore: Sendable {
    /// The path that all calls begin with, without a slash at its end.
    let base: String
    let transport: any ServiceTransport
    let options: AsyncClientOptions

    private struct State {
        var document: Task<ServiceDocument?, Never>?
        var isStopped = false
    }
    private let state = Mutex(State())
    private static let mostRedirects = 10

    init(base: String, transport: any ServiceTransport, options: AsyncClientOptions) {
        (self.base, self.transport, self.options) = (base, transport, options)
    }

    func stop() { state.withLock { $0.isStopped = true } }

    func send(_ call: EndpointCall) async throws -> ServiceReply {
        guard !state.withLock({ $0.isStopped }) else {
            throw OmniverseError(.stopped, "The client of \(transport.address) was stopped; make a new one.")
        }
        let call = call.withVerb
        let needsDocument = options.documentUse == .full || (options.documentUse == .methodOnly && call.method == nil)
        let document = needsDocument ? await document() : nil
        let request = try CallResolver(document: document, use: options.documentUse).request(for: call)
        let (reply, url) = try await exchange(request)
        guard reply.status >= 400, options.throwsForStatus else { return reply }
        throw Self.refusal(reply, request, url)
    }

    private static func refusal(_ reply: ServiceReply, _ request: WireRequest, _ url: String) -> OmniverseError {
        let reason = HTTPResponse.Status(code: reply.status).reasonPhrase
        let detail = reply.detail.map { ": \($0)" } ?? "."
        return OmniverseError(
            reply.status == 404 ? .notFound : .refused,
            "\(request.method.rawValue) \(url) was answered \(reply.status)\(reason.isEmpty ? "" : " ")\(reason)\(detail)",
            url: url, reply: reply)
    }

    // MARK: One exchange with its redirects

    private func exchange(_ request: WireRequest) async throws -> (reply: ServiceReply, url: String) {
        var request = request
        request.target = base + request.target
        for _ in 0...Self.mostRedirects {
            let url = transport.address + request.target.prefix { $0 != "?" }
            let reply = try await transport.exchange(request)
            guard [301, 302, 303, 307, 308].contains(reply.status), let link = reply.headers[.location] else {
                return (reply, url)
            }
            request.target = try transport.target(ofLink: link)
            // 307 and 308 repeat the request; the others ask to look elsewhere.
            if reply.status < 307, request.method != .get {
                (request.method, request.body) = (.get, nil)
                request.headers[.contentType] = nil
            }
        }
        throw OmniverseError(
            .redirected, "\(transport.address) redirects more than \(Self.mostRedirects) times.",
            url: transport.address + request.target.prefix { $0 != "?" })
    }

    // MARK: The document

    /// The service's document, asked for once; `nil` where there is none that can be read.
    private func document() async -> ServiceDocument? {
        let task = state.withLock { state in
            if let task = state.document { return task }
            let task = Task { await fetchDocument() }
            state.document = task
            return task
        }
        return await task.value
    }

    private func fetchDocument() async -> ServiceDocument? {
        let request = WireRequest(method: .get, target: "/openapi.json")
        do {
            let (reply, url) = try await exchange(request)
            guard reply.status == 200, let value = reply.json, let document = ServiceDocument(value) else {
                options.logger.info(
                    "\(url) answered \(reply.status) and gives no OpenAPI document; going by names alone")
                return nil
            }
            return document
        } catch {
            options.logger.warning("the OpenAPI document of \(transport.address) cannot be had: \(error)")
            return nil
        }
    }
}
