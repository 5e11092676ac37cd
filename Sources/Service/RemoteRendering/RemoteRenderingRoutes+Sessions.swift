// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import Hummingbird
import RemoteRendering

extension RemoteRenderingRoutes {
    func create(session request: Request, _ context: Context) async throws -> Response {
        let (account, id) = (try account(request, context), try id(context))
        let asked = try await body(RenderingSessionCreation.self, request)
        try check(lease: asked.maxLeaseTimeMinutes)
        guard asked.size == .standard || asked.size == .premium else {
            throw RequestProblem.badRequest(
                "Can't specify this VM size: \(asked.size.rawValue.prefix(60))", target: "size")
        }
        switch try await sessions.create(account: account, id: id, request: asked, now: Date()) {
        case .created(let record):
            await keeper.begin(record)
            return answer(try wire(record), status: .created)
        case .existing(let record): return answer(try wire(record))
        case .conflict: throw RequestProblem.conflict("There is a session \(id) with another lease or size.")
        }
    }

    func get(session request: Request, _ context: Context) async throws -> Response {
        let (account, id) = (try account(request, context), try id(context))
        guard let record = try await sessions.get(account: account, id: id) else { throw RequestProblem.notFound }
        return answer(try wire(record))
    }

    func list(sessions request: Request, _ context: Context) async throws -> Response {
        let account = try account(request, context)
        let (page, next) = try await sessions.list(account: account, after: try place(request), limit: options.pageSize)
        return answer(
            RenderingSessionList(sessions: try page.map { try wire($0) }, nextLink: nextLink(request, after: next)))
    }

    func update(session request: Request, _ context: Context) async throws -> Response {
        let (account, id) = (try account(request, context), try id(context))
        let lease = try await body(RenderingSessionUpdate.self, request).maxLeaseTimeMinutes
        try check(lease: lease)
        let record = try await sessions.change(account: account, id: id) { record in
            guard lease > record.lease else {
                throw RequestProblem(
                    .unprocessableContent, code: "UnprocessableEntity",
                    "The lease of \(record.lease) minutes can only be made longer.", target: "maxLeaseTimeMinutes")
            }
            record.lease = lease
        }
        guard let record else { throw RequestProblem.notFound }
        guard record.ended == nil else {
            throw RequestProblem.conflict("The session has ended (\(record.status)); its lease cannot be extended.")
        }
        return answer(try wire(record))
    }

    func stop(session request: Request, _ context: Context) async throws -> Response {
        guard request.uri.path.hasSuffix("/:stop") || request.uri.path.lowercased().hasSuffix("/%3astop") else {
            throw RequestProblem.notFound
        }
        let (account, id) = (try account(request, context), try id(context))
        guard try await sessions.get(account: account, id: id) != nil else { throw RequestProblem.notFound }
        try await keeper.stop(account: account, id: id)
        return Response(status: .noContent)
    }

    private func check(lease minutes: Int) throws {
        guard minutes >= 0 else {
            throw RequestProblem.badRequest(
                "The maxLeaseTimeMinutes value cannot be negative.", target: "maxLeaseTimeMinutes")
        }
        guard minutes <= RemoteRenderingAPI.longestLease else {
            throw RequestProblem.badRequest(
                "The maxLeaseTimeMinutes value cannot be more than \(RemoteRenderingAPI.longestLease).",
                target: "maxLeaseTimeMinutes")
        }
    }

    private func wire(_ record: SessionRecord) throws -> RenderingSession {
        try record.wire(hostname: options.hostname, now: Date())
    }
}
