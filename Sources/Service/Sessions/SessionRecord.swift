// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import HTTPService
import RemoteRendering

/// One rendering session as the database holds it.
struct SessionRecord: Codable, FetchableRecord, PersistableRecord, Sendable {
    static let databaseTableName = "session"

    var account: String
    var id: String
    /// Grows with each session, so that lists have an order.
    var place: Int64
    /// Seconds since 1970.
    var created: Double
    /// When it ended; `nil` while it runs.
    var ended: Double?
    /// Minutes from its creation.
    var lease: Int
    var size: String
    var status: String
    /// Where its renderer listens, while it is ready.
    var port: Int?
    /// A `ServiceErrorBody`, once it has failed.
    var error: Data?

    /// When it ends by itself, in seconds since 1970.
    var deadline: Double { created + Double(lease) * 60 }

    /// The session as clients see it: host and port only while it is ready.
    func wire(hostname: String, now: Date) throws -> RenderingSession {
        let status = RenderingSessionStatus(rawValue: status)
        let elapsed = max(0, (ended ?? now.timeIntervalSince1970) - created)
        var session = RenderingSession(
            id: id, creationTime: Date(timeIntervalSince1970: created), elapsedTimeMinutes: Int(elapsed / 60),
            maxLeaseTimeMinutes: lease, size: RenderingSessionSize(rawValue: size), status: status)
        if status == .ready, let port {
            (session.hostname, session.handshakePort, session.arrInspectorPort) = (hostname, port, port)
        }
        session.error = try error.map { try JSONDecoder().decode(ServiceErrorBody.self, from: $0) }
        return session
    }
}
