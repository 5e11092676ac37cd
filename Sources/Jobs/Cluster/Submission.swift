// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What was handed to a scheduler, kept beside the ledger for `darkroom status`.
public struct Submission: Hashable, Sendable {
    /// The scheduler's number of the array, and of the job that merges.
    public var array: String
    public var merge: String
    public var shards: Int

    public init(array: String, merge: String, shards: Int) {
        (self.array, self.merge, self.shards) = (array, merge, shards)
    }

    /// The folder of scripts and job file below a ledger's.
    public static func folder(ledger: String) -> String { PathName.join(ledger, "submit") }

    private static func path(ledger: String) -> String { PathName.join(folder(ledger: ledger), "submitted.json") }

    /// What was submitted last; `nil` where nothing was.
    public static func last(ledger: String) -> Submission? {
        guard let bytes = try? FileSystem.read(path(ledger: ledger), limit: 1 << 20),
            let json = try? JSONValue(parsing: bytes), let array = json["array"]?.stringValue,
            let merge = json["merge"]?.stringValue, let shards = json["shards"]?.intValue
        else { return nil }
        return Submission(array: array, merge: merge, shards: Int(shards))
    }

    /// Keeps it.
    ///
    /// - Throws: `JobError` of code `environment`.
    public func save(ledger: String) throws(JobError) {
        let json: JSONValue = ["array": .string(array), "merge": .string(merge), "shards": .int(Int64(shards))]
        try Self.write(json.serialized() + "\n", to: Self.path(ledger: ledger))
    }

    /// Puts a text file in place, with the folders on the way.
    ///
    /// - Throws: `JobError` of code `environment`.
    public static func write(_ text: String, to path: String) throws(JobError) {
        do throws(FileError) {
            try AtomicFile.write(Array(text.utf8), to: path)
        } catch {
            throw JobError(.environment, error.message, underlying: error)
        }
    }

    /// Makes a folder and those above it.
    ///
    /// - Throws: `JobError` of code `environment`.
    public static func makeFolder(_ path: String) throws(JobError) {
        do throws(FileError) { try FileSystem.makeFolders(path) } catch {
            throw JobError(.environment, error.message, underlying: error)
        }
    }
}
