// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What the ledger keeps of one item.
struct LedgerRecord: Hashable, Sendable {
    /// The path of the item's first file.
    var key: String
    var fingerprint: Fingerprint
    var result: ItemResult
    /// Bytes of each file, in the order of the outputs.
    var sizes: [Int] = []
    /// The item's files, where there are several; only lines have them, an index does not.
    var files: [String] = []
    /// Side files that the models name.
    var sideFiles: [String] = []
    /// How many of them the backend missed.
    var missing = 0
    var stage: String?
    var cause: String?
    var blame: Blame?
    /// What making the item took, where it was made; 0 when that is not known.
    var seconds = 0.0
    /// When it ended, in milliseconds since 1970; tells which of two shards' records is the later.
    var time = 0

    /// One line of JSON, newline included.
    var line: [UInt8] {
        var members: [String: JSONValue] = [
            "key": .string(key), "fingerprint": .string(fingerprint.description), "result": .string(result.rawValue),
            "bytes": .array(sizes.map { .int(Int64($0)) }),
        ]
        if files.count > 1 { members["files"] = .array(files.map { .string($0) }) }
        if !sideFiles.isEmpty { members["side"] = .array(sideFiles.map { .string($0) }) }
        if missing > 0 { members["missing"] = .int(Int64(missing)) }
        if let stage { members["stage"] = .string(stage) }
        if let cause { members["cause"] = .string(cause) }
        if let blame { members["blame"] = .string(blame.rawValue) }
        if time > 0 { members["time"] = .int(Int64(time)) }
        if seconds > 0 { members["seconds"] = .double((seconds * 1e4).rounded() / 1e4) }
        return JSONValue.object(members).serializedUTF8() + [UInt8(ascii: "\n")]
    }

    /// Whether another record tells the same end of the same item, whenever that was and whatever time it took.
    func saysSame(as other: LedgerRecord) -> Bool {
        var other = other
        (other.seconds, other.time, other.files) = (seconds, time, files)
        return self == other
    }

    /// Whether a later run takes this end as it is and does not try again: the model's own fault, which only a change
    /// of input or settings can mend.
    var isRemembered: Bool { result.isRemembered && blame == .input }

    init(key: String, fingerprint: Fingerprint, result: ItemResult) {
        (self.key, self.fingerprint, self.result) = (key, fingerprint, result)
    }

    /// Reads a line; `nil` for one that is torn or not ours.
    init?(line: ArraySlice<UInt8>) {
        guard let json = try? JSONValue(parsing: line), let key = json["key"]?.stringValue,
            let fingerprint = json["fingerprint"]?.stringValue.flatMap({ Fingerprint($0) }),
            let result = json["result"]?.stringValue.flatMap({ ItemResult(rawValue: $0) })
        else { return nil }
        self.init(key: key, fingerprint: fingerprint, result: result)
        sizes = json["bytes"]?.arrayValue?.compactMap { $0.intValue.flatMap { Int(exactly: $0) } } ?? []
        files = json["files"]?.arrayValue?.compactMap(\.stringValue) ?? []
        sideFiles = json["side"]?.arrayValue?.compactMap(\.stringValue) ?? []
        missing = json["missing"]?.intValue.flatMap { Int(exactly: $0) } ?? 0
        stage = json["stage"]?.stringValue
        cause = json["cause"]?.stringValue
        blame = json["blame"]?.stringValue.flatMap { Blame(rawValue: $0) }
        time = json["time"]?.intValue.flatMap { Int(exactly: $0) } ?? 0
        seconds = json["seconds"]?.doubleValue.map { $0.isFinite ? max(0, $0) : 0 } ?? 0
    }
}

/// Who has to act for an item that failed.
public enum Blame: String, Hashable, Sendable, Codable, CaseIterable {
    case input, limits, remote, environment, bug

    /// The exit code of a run that failed for this reason alone.
    var exitCode: ExitCode {
        switch self {
        case .input: .input
        case .limits: .limits
        case .remote: .remote
        case .environment: .environment
        case .bug: .bug
        }
    }
}
