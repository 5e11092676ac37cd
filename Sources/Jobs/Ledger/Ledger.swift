// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// The record of finished work: JSON lines, one file a shard, with an index beside it.
///
/// A line is appended only after the item's files are in place. A torn last line is passed over; an index that is
/// absent, torn or of another ledger is made anew from the lines.
final class Ledger: Sendable {
    private struct State {
        var descriptor: Int32
        var own = LedgerIndex()
        var others = LedgerIndex()
        /// Bytes of the ledger that the index file holds.
        var indexed = 0
        var size = 0
    }

    let folder: String
    private let path: String
    private let state: Mutex<State>

    /// Opens the ledger of a shard, makes the folder, and reads what all shards have finished.
    ///
    /// - Throws: `JobError` of code `environment` when the folder cannot be written, or another run holds the ledger.
    init(folder: String, shard: Shard) throws(JobError) {
        self.folder = folder
        let name = Self.fileName(shard)
        path = PathName.join(folder, name)
        do throws(FileError) {
            try FileSystem.makeFolders(folder)
            let descriptor = try Self.open(path)
            var state = State(descriptor: descriptor)
            (state.own, state.indexed, state.size) = try Self.read(path)
            for other in Self.ledgers(in: folder) where other != name {
                state.others.merge(try Self.read(PathName.join(folder, other)).index)
            }
            self.state = Mutex(state)
        } catch {
            throw JobError(
                .environment, "the ledger \(error.message); choose a folder that can be written with --ledger",
                underlying: error)
        }
        endTornLine()
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    /// What is known of an item: by this shard, and by the others.
    func records(_ key: String) -> [LedgerRecord] {
        state.withLock { [$0.own.record(key), $0.others.record(key)].compactMap(\.self) }
    }

    /// How many items are known.
    var count: Int { state.withLock { $0.own.count + $0.others.count } }

    /// Appends a line, unless it would say once more that an item failed as it did before.
    ///
    /// - Throws: `FileError` when the disk is full or gone.
    func append(_ record: LedgerRecord) throws(FileError) {
        if record.result != .done, let known = state.withLock({ $0.own.record(record.key) }), known.saysSame(as: record)
        {
            return
        }
        var record = record
        if record.time == 0 { record.time = Self.now() }
        let line = record.line
        let number = state.withLock { [record] state in
            let number = AtomicFile.write(all: line, to: state.descriptor)
            if number == 0 {
                state.size += line.count
                state.own.insert(record)
            } else {
                ftruncate(state.descriptor, off_t(state.size))
            }
            return number
        }
        if number != 0 { throw FileError(path, "write the ledger", number: number) }
    }

    /// Syncs the lines and writes the index beside them, which need not last: it is made anew from the lines.
    func finish() throws(FileError) {
        let (bytes, isNew) = state.withLock { state in
            fsync(state.descriptor)
            guard state.size != state.indexed else { return ([UInt8](), false) }
            state.indexed = state.size
            return (state.own.encoded(covered: state.size, tail: Self.tail(path, before: state.size)), true)
        }
        if isNew { try AtomicFile.write(bytes, to: Self.indexPath(path), isDurable: false) }
    }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    // MARK: Files

    /// The name of a shard's ledger.
    static func fileName(_ shard: Shard) -> String { "shard-\(shard.index)-of-\(shard.count).jsonl" }

    static func open(_ path: String) throws(FileError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(path, "open", number: errno) }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            close(descriptor)
            throw FileError("\(path): another run holds it; wait for its end, or give each run a shard of its own")
        }
        return descriptor
    }

    static func indexPath(_ path: String) -> String { String(path.dropLast("jsonl".count)) + "index" }

    static func ledgers(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix("shard-"), name.hasSuffix(".jsonl") { names.append(name) }
        }
        return names.sorted()
    }

    /// Reads a ledger: its index, and the lines that came after.
    static func read(_ path: String) throws(FileError) -> (index: LedgerIndex, indexed: Int, size: Int) {
        let size = FileSystem.status(path)?.size ?? 0
        var (index, covered) = (LedgerIndex(), 0)
        if let file = try? FileSystem.read(indexPath(path)), let known = LedgerIndex.decode(file),
            known.covered <= size, tail(path, before: known.covered) == known.tail
        {
            (index, covered) = (known.index, known.covered)
        }
        guard covered < size else { return (index, covered, size) }
        let bytes = try FileSystem.read(path)
        for line in bytes.dropFirst(covered).split(separator: UInt8(ascii: "\n")) {
            if let record = LedgerRecord(line: line) { index.insert(record) }
        }
        return (index, covered, bytes.count)
    }

    /// The fingerprint of the last kilobyte before an offset.
    static func tail(_ path: String, before end: Int) -> Fingerprint {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return Fingerprint(of: []) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: min(end, 1024))
        let (start, size) = (end - bytes.count, bytes.count)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, size, start) }
        return Fingerprint(of: bytes.prefix(max(0, count)))
    }

    /// Puts a newline after a last line that a crash tore, so that the next one stands by itself.
    private func endTornLine() {
        state.withLock { state in
            guard state.size > 0 else { return }
            var last: UInt8 = 0
            guard pread(state.descriptor, &last, 1, state.size - 1) == 1, last != UInt8(ascii: "\n") else { return }
            if AtomicFile.write(all: [UInt8(ascii: "\n")], to: state.descriptor) == 0 { state.size += 1 }
        }
    }
}
