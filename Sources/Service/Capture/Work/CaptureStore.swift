// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import JSONRPC

/// All captures in the order of their arrival; what is written here outlives the process.
struct CaptureStore: Sendable {
    let queue: DatabaseQueue
    /// Captures that may wait.
    var capacity: Int

    /// Writes a capture down, to be drawn later.
    ///
    /// - Returns: `nil` when too many wait already.
    func add(_ request: CaptureRequest, now: Date) async throws -> CaptureRecord? {
        let (bytes, capacity) = (Data(request.json.serializedUTF8()), capacity)
        return try await queue.write { database in
            let waiting = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM capture WHERE status = 'waiting'")
            guard waiting ?? 0 < capacity else { return nil }
            let place = try Int64.fetchOne(database, sql: "SELECT COALESCE(MAX(place), 0) + 1 FROM capture")
            let record = CaptureRecord(
                id: UUID().uuidString.lowercased(), place: place ?? 1, created: now.timeIntervalSince1970,
                request: bytes, status: CaptureRecord.Status.waiting.rawValue)
            try record.insert(database)
            return record
        }
    }

    func get(_ id: String) async throws -> CaptureRecord? {
        try await queue.read { try CaptureRecord.fetchOne($0, key: id) }
    }

    /// The latest captures, the newest first.
    ///
    /// - Parameter before: only those that arrived before this place.
    func list(limit: Int, before: Int64? = nil) async throws -> [CaptureRecord] {
        try await queue.read { database in
            try CaptureRecord.fetchAll(
                database, sql: "SELECT * FROM capture WHERE place < ? ORDER BY place DESC LIMIT ?",
                arguments: [before ?? .max, limit])
        }
    }

    /// The capture that was finished last.
    func lastFinished() async throws -> CaptureRecord? {
        try await queue.read { database in
            try CaptureRecord.fetchOne(
                database, sql: "SELECT * FROM capture WHERE status = 'finished' ORDER BY ended DESC, place DESC LIMIT 1"
            )
        }
    }

    /// How many captures have each status.
    func counts() async throws -> [String: Int] {
        try await queue.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT status, COUNT(*) AS n FROM capture GROUP BY status")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["status"], $0["n"]) })
        }
    }

    /// The capture that has waited longest, marked as running; `nil` when none waits.
    func next() async throws -> CaptureRecord? {
        try await queue.write { database in
            let waiting = try CaptureRecord.fetchOne(
                database, sql: "SELECT * FROM capture WHERE status = 'waiting' ORDER BY place LIMIT 1")
            guard var record = waiting else { return nil }
            record.status = CaptureRecord.Status.running.rawValue
            try record.update(database)
            return record
        }
    }

    /// Writes down how a capture ended.
    func finish(_ record: CaptureRecord, picture: String?, error: String?, now: Date) async throws {
        var ended = record
        ended.status = (error == nil ? CaptureRecord.Status.finished : .failed).rawValue
        (ended.picture, ended.error, ended.ended) = (picture, error, now.timeIntervalSince1970)
        let row = ended
        try await queue.write { try row.update($0) }
    }

    /// Takes a capture that still waits out of the line.
    ///
    /// - Returns: whether it was waiting.
    func cancel(_ id: String, now: Date) async throws -> Bool {
        try await queue.write { database in
            try database.execute(
                sql: """
                    UPDATE capture SET status = 'cancelled', error = 'The job was cancelled.', ended = ?
                    WHERE id = ? AND status = 'waiting'
                    """, arguments: [now.timeIntervalSince1970, id])
            return database.changesCount > 0
        }
    }

    /// Puts those back in line that were under way when the service ended.
    func requeueInterrupted() async throws {
        try await queue.write { try $0.execute(sql: "UPDATE capture SET status = 'waiting' WHERE status = 'running'") }
    }

    /// Forgets the oldest captures beyond a number.
    ///
    /// - Returns: the file names of their pictures.
    func prune(keeping count: Int) async throws -> [String] {
        try await queue.write { database in
            let old = try CaptureRecord.fetchAll(
                database,
                sql: """
                    SELECT * FROM capture WHERE status NOT IN ('waiting', 'running')
                    ORDER BY place DESC LIMIT -1 OFFSET ?
                    """, arguments: [count])
            for record in old { try record.delete(database) }
            return old.compactMap(\.picture)
        }
    }
}
