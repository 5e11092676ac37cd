// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// The service's memory: one SQLite file that outlives the process.
struct Database: Sendable {
    let queue: DatabaseQueue

    /// Opens the file and brings its tables up to date; only this user can read it.
    ///
    /// - Parameter path: `nil` keeps everything in memory.
    init(path: String?) throws(HostError) {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            if let path {
                try FileManager.default.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent.isEmpty
                        ? "." : (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                if !FileManager.default.fileExists(atPath: path) {
                    // Requests wait here with their signatures.
                    _ = FileManager.default.createFile(
                        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
                }
                queue = try DatabaseQueue(path: path, configuration: configuration)
            } else {
                queue = try DatabaseQueue(configuration: configuration)
            }
            try Self.migrations.migrate(queue)
        } catch {
            throw HostError(
                .environment, "\(path ?? "the database in memory") cannot be opened as a database: \(error)",
                underlying: error)
        }
    }

    private static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("remote rendering") { database in
            try database.create(table: "conversion") { table in
                table.column("account", .text).notNull()
                table.column("id", .text).notNull()
                table.column("place", .integer).notNull().unique()
                table.column("created", .double).notNull()
                table.column("settings", .blob).notNull()
                table.column("status", .text).notNull()
                table.column("output", .text)
                table.column("error", .blob)
                table.primaryKey(["account", "id"])
            }
            try database.create(table: "session") { table in
                table.column("account", .text).notNull()
                table.column("id", .text).notNull()
                table.column("place", .integer).notNull().unique()
                table.column("created", .double).notNull()
                table.column("ended", .double)
                table.column("lease", .integer).notNull()
                table.column("size", .text).notNull()
                table.column("status", .text).notNull()
                table.column("port", .integer)
                table.column("error", .blob)
                table.primaryKey(["account", "id"])
            }
            try database.create(table: "secret") { table in
                table.primaryKey("name", .text)
                table.column("value", .blob).notNull()
            }
        }
        migrator.registerMigration("captures") { database in
            try database.create(table: "capture") { table in
                table.primaryKey("id", .text)
                table.column("place", .integer).notNull().unique()
                table.column("created", .double).notNull()
                table.column("ended", .double)
                table.column("request", .blob).notNull()
                table.column("status", .text).notNull().indexed()
                table.column("picture", .text)
                table.column("error", .text)
            }
        }
        return migrator
    }
}
