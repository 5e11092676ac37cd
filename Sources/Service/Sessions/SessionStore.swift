// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import HTTPService
import RemoteRendering

/// The sessions of all accounts, in the order they were asked for.
struct SessionStore: Sendable {
    /// How a request for a session ended.
    enum Creation: Sendable {
        case created(SessionRecord)
        case existing(SessionRecord)
        case conflict
    }

    let queue: DatabaseQueue

    func create(
        account: String, id: String, request: RenderingSessionCreation, now: Date
    ) async throws -> Creation {
        try await queue.write { database in
            if let known = try Self.find(database, account, id) {
                let isSame = known.lease == request.maxLeaseTimeMinutes && known.size == request.size.rawValue
                return isSame ? .existing(known) : .conflict
            }
            let place = try Int64.fetchOne(database, sql: "SELECT COALESCE(MAX(place), 0) + 1 FROM session")
            let record = SessionRecord(
                account: account, id: id, place: place ?? 1, created: now.timeIntervalSince1970,
                lease: request.maxLeaseTimeMinutes, size: request.size.rawValue,
                status: RenderingSessionStatus.starting.rawValue)
            try record.insert(database)
            return .created(record)
        }
    }

    func get(account: String, id: String) async throws -> SessionRecord? {
        try await queue.read { try Self.find($0, account, id) }
    }

    /// A page of the sessions that are starting or ready.
    func list(account: String, after place: Int64, limit: Int) async throws -> (page: [SessionRecord], next: Int64?) {
        let rows = try await queue.read { database in
            try SessionRecord.fetchAll(
                database,
                sql: """
                    SELECT * FROM session WHERE account = ? AND place > ? AND status IN ('Starting', 'Ready')
                    ORDER BY place LIMIT ?
                    """, arguments: [account, place, limit + 1])
        }
        return (Array(rows.prefix(limit)), rows.count > limit ? rows[limit - 1].place : nil)
    }

    /// Every session that has not ended, of all accounts.
    func running() async throws -> [SessionRecord] {
        try await queue.read {
            try SessionRecord.fetchAll($0, sql: "SELECT * FROM session WHERE status IN ('Starting', 'Ready')")
        }
    }

    /// Changes a session unless it has ended meanwhile.
    ///
    /// - Returns: the session as it stands after that; `nil` when there is none.
    @discardableResult
    func change(
        account: String, id: String, _ change: @escaping @Sendable (inout SessionRecord) throws -> Void
    ) async throws -> SessionRecord? {
        try await queue.write { database in
            guard var record = try Self.find(database, account, id) else { return nil }
            guard record.ended == nil else { return record }
            try change(&record)
            try record.update(database)
            return record
        }
    }

    private static func find(_ database: GRDB.Database, _ account: String, _ id: String) throws -> SessionRecord? {
        try SessionRecord.fetchOne(
            database, sql: "SELECT * FROM session WHERE account = ? AND id = ?", arguments: [account, id])
    }
}
