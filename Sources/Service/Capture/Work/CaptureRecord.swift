// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import JSONRPC

/// A capture as the database keeps it.
struct CaptureRecord: Codable, Sendable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "capture"

    enum Status: String, Sendable {
        case waiting, running, finished, failed, cancelled
    }

    var id: String
    /// The order of arrival.
    var place: Int64
    /// Seconds since 1970.
    var created: Double
    var ended: Double?
    /// The request as JSON.
    var request: Data
    var status: String
    /// The picture's file name.
    var picture: String?
    var error: String?

    var parsedRequest: CaptureRequest {
        CaptureRequest((try? JSONValue(parsing: [UInt8](request)))?.objectValue ?? [:])
    }

    var isOver: Bool { Status(rawValue: status).map { $0 != .waiting && $0 != .running } ?? true }

    /// The job as the service tells of it.
    ///
    /// - Parameter mount: the path that pictures are handed out under.
    func json(mount: String) -> JSONValue {
        [
            "id": .string(id), "status": .string(status), "created": .double(created),
            "ended": ended.map { .double($0) } ?? .null,
            "request": (try? JSONValue(parsing: [UInt8](request))) ?? .null,
            "captured_image_path": picture.map { .string("\(mount)/\($0)") } ?? .null,
            "error_message": error.map { .string($0) } ?? .null,
        ]
    }
}
