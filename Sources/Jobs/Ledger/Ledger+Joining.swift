// SPDX-License-Identifier: Apache-2.0
import Glibc

extension Ledger {
    /// One shard's ledger as it stands.
    struct ShardFile: Sendable {
        var shard: Shard
        /// How many items ended each way, as last recorded.
        var counts: [ItemResult: Int]
        /// When it was last written to, in nanoseconds since 1970.
        var modified: Int
        /// Whether a run on this machine holds it.
        var isHeld: Bool
    }

    /// What the joined ledger knows, without opening it for writing; empty where there is none.
    static func joined(in folder: String) -> LedgerIndex {
        (try? read(PathName.join(folder, fileName(.whole))).index) ?? LedgerIndex()
    }

    /// What all ledgers of a folder know, without opening them for writing, and each of them.
    ///
    /// - Throws: `JobError` of code `environment` for one that cannot be read.
    static func survey(_ folder: String) throws(JobError) -> (index: LedgerIndex, files: [ShardFile]) {
        var (all, files): (LedgerIndex, [ShardFile]) = (LedgerIndex(), [])
        for name in ledgers(in: folder) {
            guard let shard = Shard(fileName: name) else { continue }
            let path = PathName.join(folder, name)
            do throws(FileError) {
                let index = try read(path).index
                files.append(
                    ShardFile(
                        shard: shard, counts: index.counts, modified: FileSystem.status(path)?.modified ?? 0,
                        isHeld: isHeld(path)))
                all.merge(index)
            } catch {
                throw JobError(.environment, "the ledger \(error.message)", underlying: error)
            }
        }
        return (all, files)
    }

    /// The latest record of every item in all ledgers of a folder.
    ///
    /// - Throws: `JobError` of code `environment` for a ledger that cannot be read.
    static func records(in folder: String) throws(JobError) -> [LedgerRecord] {
        var latest: [String: LedgerRecord] = [:]
        do throws(FileError) {
            for name in ledgers(in: folder) {
                for line in try FileSystem.read(PathName.join(folder, name)).split(separator: UInt8(ascii: "\n")) {
                    guard let record = LedgerRecord(line: line) else { continue }
                    if let known = latest[record.key], record.time < known.time { continue }
                    latest[record.key] = record
                }
            }
        } catch {
            throw JobError(.environment, "the ledger \(error.message)", underlying: error)
        }
        return Array(latest.values)
    }

    private static func isHeld(_ path: String) -> Bool {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Makes one ledger of those of all shards: the latest line of each item, in `shard-1-of-1.jsonl`.
    ///
    /// The others go once the joined one is in place, so that being killed at any instant loses nothing.
    /// - Parameter forgotten: keys of items that are left out.
    /// - Returns: what the joined ledger knew before.
    /// - Throws: `JobError` of code `environment` when a run holds one of them, or the disk is full.
    @discardableResult
    static func join(_ folder: String, forgetting forgotten: Set<String> = []) throws(JobError) -> LedgerIndex {
        do throws(FileError) {
            try FileSystem.makeFolders(folder)
            let target = PathName.join(folder, fileName(.whole))
            var held = [try open(target)]
            defer { for descriptor in held { close(descriptor) } }
            let before = try read(target).index
            let parts = ledgers(in: folder).filter { $0 != fileName(.whole) && Shard(fileName: $0) != nil }
            if parts.isEmpty, forgotten.isEmpty { return before }
            var lines = LatestLines(forgotten: forgotten)
            for path in [target] + parts.map({ PathName.join(folder, $0) }) {
                if path != target { held.append(try open(path)) }
                lines.take(try FileSystem.read(path))
            }
            if let bytes = lines.joined() {
                try AtomicFile.write(bytes, to: target)
                try AtomicFile.write(
                    lines.index.encoded(covered: bytes.count, tail: tail(target, before: bytes.count)),
                    to: indexPath(target))
            } else {
                // Nothing is known any more.
                unlink(indexPath(target))
                unlink(target)
            }
            for name in parts {
                let path = PathName.join(folder, name)
                unlink(indexPath(path))
                unlink(path)
            }
            return before
        } catch {
            throw JobError(.environment, "the ledger \(error.message)", underlying: error)
        }
    }
}

/// The last line that each item has in some ledgers.
private struct LatestLines {
    /// Keys of items to leave out.
    let forgotten: Set<String>
    private var lines: [ArraySlice<UInt8>] = []
    private var places: [String: (place: Int, time: Int)] = [:]
    private(set) var index = LedgerIndex()

    init(forgotten: Set<String>) { self.forgotten = forgotten }

    /// Takes the lines of a ledger in; torn ones are passed over.
    mutating func take(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let record = LedgerRecord(line: line), !forgotten.contains(record.key) else { continue }
            let known = places[record.key]
            if let known, record.time < known.time { continue }
            index.insert(record)
            let place = known?.place ?? lines.count
            places[record.key] = (place, record.time)
            if place == lines.count { lines.append(line) } else { lines[place] = line }
        }
    }

    /// All of them, one a line; `nil` when there is none.
    func joined() -> [UInt8]? {
        if lines.isEmpty { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
        for line in lines {
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}

extension Shard {
    /// The shard whose ledger has this name.
    init?(fileName: String) {
        guard fileName.hasPrefix("shard-"), fileName.hasSuffix(".jsonl") else { return nil }
        let parts = fileName.dropFirst(6).dropLast(6).split(separator: "-")
        guard parts.count == 3, parts[1] == "of", let index = Int(parts[0]), let count = Int(parts[2]) else {
            return nil
        }
        self.init(index: index, count: count)
    }
}
