// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

extension RemoteRenderingClient {
    /// Starts a rendering session; the same id with the same size and lease gives the session that is there.
    ///
    /// - Parameters:
    ///   - id: of the caller's choice, best a UUID: letters, digits, `-` and `_`, at most 256.
    ///   - leaseTimeMinutes: 0 to 1440, counted from the start; then the session ends by itself.
    /// - Throws: `ServiceError`: 400 for a size or lease that cannot be, 409 when the id belongs to another session.
    public func beginRenderingSession(
        id: String, size: RenderingSessionSize, leaseTimeMinutes: Int
    ) async throws -> SessionPoller {
        let purpose = "create the session \(id)"
        let creation = RenderingSessionCreation(maxLeaseTimeMinutes: leaseTimeMinutes, size: size)
        let call = call(
            .put, ["sessions", try segment(id, isNew: true)], purpose: purpose, body: try body(creation, for: purpose))
        do {
            let (session, pause) = try await fetch(call, as: RenderingSession.self)
            return poller(of: session, asked: pause)
        } catch let error as ServiceError where error.status == 409 && error.tries > 1 {
            // A try whose answer was lost may have created it: then it is ours.
            return try await sessionPoller(id: id)
        }
    }

    /// A session as it stands.
    ///
    /// - Throws: `ServiceError`, with status 404 when there is none of that id.
    public func renderingSession(_ id: String) async throws -> RenderingSession { try await fetchSession(id).0 }

    /// The sessions of the account that are starting or ready.
    public func renderingSessions() -> PagedSequence<RenderingSession> {
        let first = call(.get, ["sessions"], purpose: "list sessions")
        return PagedSequence(first: first) { [pipeline] call in
            let page = try await pipeline.json(call, as: RenderingSessionList.self)
            let next = try page.nextLink.map { try pipeline.following($0, from: call) }
            return PagedSequence.Page(items: page.sessions.map(\.redacted), next: next)
        }
    }

    /// Sets the lease of a session.
    ///
    /// - Parameter leaseTimeMinutes: counted from the session's start, larger than what it has.
    /// - Throws: `ServiceError`, with status 422 when that is no longer lease than now.
    public func updateRenderingSession(_ id: String, leaseTimeMinutes: Int) async throws -> RenderingSession {
        let purpose = "extend the session \(id)"
        let update = RenderingSessionUpdate(maxLeaseTimeMinutes: leaseTimeMinutes)
        return try await fetch(
            call(.patch, ["sessions", try segment(id)], purpose: purpose, body: try body(update, for: purpose)),
            as: RenderingSession.self
        ).0
    }

    /// Extends the lease of a session that is about to end, and leaves any other as it is.
    ///
    /// - Parameters:
    ///   - minutes: how much longer than now the lease becomes.
    ///   - limit: fewer minutes left than these are too few.
    /// - Returns: the session as it stands afterwards.
    public func extendRenderingSession(
        _ id: String, by minutes: Int = 10, whenFewerThan limit: Int = 2
    ) async throws -> RenderingSession {
        let session = try await renderingSession(id)
        guard let left = session.minutesLeft, left < limit, let lease = session.maxLeaseTimeMinutes else {
            return session
        }
        return try await updateRenderingSession(id, leaseTimeMinutes: lease + minutes)
    }

    /// Ends a session, which costs its owner as long as it runs.
    ///
    /// - Throws: `ServiceError`, with status 404 when there is none of that id.
    public func stopRenderingSession(_ id: String) async throws {
        _ = try await pipeline.collect(
            call(.post, ["sessions", try segment(id), ":stop"], purpose: "stop the session \(id)", body: .bytes([])))
    }

    /// A poller of a session that was started before; looks at it once.
    public func sessionPoller(id: String) async throws -> SessionPoller {
        let (session, pause) = try await fetchSession(id)
        return poller(of: session, asked: pause)
    }

    /// A poller of the session that another poller's token names; looks at it once.
    ///
    /// - Throws: `ServiceError` with `.badArgument` for what is no such token, or one of another account.
    public func sessionPoller(continuationToken: String) async throws -> SessionPoller {
        try await sessionPoller(id: ContinuationToken(continuationToken, account: account.id).id)
    }

    private func poller(of session: RenderingSession, asked pause: Duration?) -> SessionPoller {
        SessionPoller(
            session, pause: pause, interval: options.pollingInterval, clock: options.clock,
            token: ContinuationToken(account: account.id, id: session.id).text
        ) { try await fetchSession(session.id) }
    }

    private func fetchSession(_ id: String) async throws -> (RenderingSession, Duration?) {
        try await fetch(
            call(.get, ["sessions", try segment(id)], purpose: "show the session \(id)"), as: RenderingSession.self)
    }
}
