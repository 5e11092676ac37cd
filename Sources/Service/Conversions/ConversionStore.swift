// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import HTTPService
import RemoteRendering

/// The conversions of all accounts, in the order they were asked for.
struct ConversionStore: Sendable {
    /// How a request to convert ended.
    enum Creation: Sendable {
        case created(ConversionRecord)
        /// The same conversion with the same settings is there already.
        case existing(ConversionRecord)
        /// There is another conversion of this id.
        case conflict
        /// Too many wait already.
        case full
    }

    let queue: DatabaseQueue
    /// Conversions that may wait at once.
    var capacity = 10_000

    /// Writes a conversion down, to be carried out later.
    func create(
        account: String, id: String, settings: AssetConversionSettings, now: Date
    ) async throws -> Creation {
        let (encoded, capacity) = (try JSONEncoder().encode(settings), capacity)
        return try await queue.write { database in
            if let known = try Self.find(database, account, id) {
                let old = try JSONDecoder().decode(AssetConversionSettings.self, from: known.settings)
                return old.withoutSignatures == settings.withoutSignatures ? .existing(known) : .conflict
            }
            let waiting = try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM conversion WHERE status IN ('NotStarted', 'Running')")
            guard waiting ?? 0 < capacity else { return .full }
            let place = try Int64.fetchOne(database, sql: "SELECT COALESCE(MAX(place), 0) + 1 FROM conversion")
            let record = ConversionRecord(
                account: account, id: id, place: place ?? 1, created: now.timeIntervalSince1970, settings: encoded,
                status: AssetConversionStatus.notStarted.rawValue)
            try record.insert(database)
            return .created(record)
        }
    }

    func get(account: String, id: String) async throws -> ConversionRecord? {
        try await queue.read { try Self.find($0, account, id) }
    }

    /// A page of conversions after a place.
    ///
    /// - Returns: the page, and the place to go on from when there is more.
    func list(account: String, after place: Int64, limit: Int) async throws -> (page: [ConversionRecord], next: Int64?)
    {
        let rows = try await queue.read { database in
            try ConversionRecord.fetchAll(
                database, sql: "SELECT * FROM conversion WHERE account = ? AND place > ? ORDER BY place LIMIT ?",
                arguments: [account, place, limit + 1])
        }
        return (Array(rows.prefix(limit)), rows.count > limit ? rows[limit - 1].place : nil)
    }

    /// The conversion that has waited longest, marked as running; `nil` when none waits.
    func next() async throws -> ConversionRecord? {
        try await queue.write { database in
            let waiting = try ConversionRecord.fetchOne(
                database, sql: "SELECT * FROM conversion WHERE status = 'NotStarted' ORDER BY place LIMIT 1")
            guard var record = waiting else { return nil }
            record.status = AssetConversionStatus.running.rawValue
            try record.update(database)
            return record
        }
    }

    /// Writes down how a conversion ended, and forgets its signatures.
    func finish(_ record: ConversionRecord, output: String?, error: ServiceErrorBody?) async throws {
        var record = record
        let settings = try JSONDecoder().decode(AssetConversionSettings.self, from: record.settings)
        record.settings = try JSONEncoder().encode(settings.withoutSignatures)
        record.status = (error == nil ? AssetConversionStatus.succeeded : .failed).rawValue
        record.output = output
        record.error = try error.map { try JSONEncoder().encode($0) }
        let ended = record
        try await queue.write { try ended.update($0) }
    }

    /// Puts those back in line that were under way when the service ended.
    func requeueInterrupted() async throws {
        try await queue.write {
            try $0.execute(sql: "UPDATE conversion SET status = 'NotStarted' WHERE status = 'Running'")
        }
    }

    private static func find(_ database: GRDB.Database, _ account: String, _ id: String) throws -> ConversionRecord? {
        try ConversionRecord.fetchOne(
            database, sql: "SELECT * FROM conversion WHERE account = ? AND id = ?", arguments: [account, id])
    }
}
