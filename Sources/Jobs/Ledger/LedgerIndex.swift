// SPDX-License-Identifier: Apache-2.0

/// The finished items of a ledger, by the hash of their key: one array of bytes and one table, whatever the number.
struct LedgerIndex: Sendable {
    /// Records one after another: key hash, fingerprint, result, and what else a record has.
    private var bytes: [UInt8] = []
    /// Where the latest record of a key begins.
    private var places: [Fingerprint: Int] = [:]

    init() {}

    /// How many items are known.
    var count: Int { places.count }

    /// How many items ended each way.
    var counts: [ItemResult: Int] {
        places.values.reduce(into: [:]) { counts, place in
            var reader = ByteReader(bytes, from: place)
            if let record = Self.read(&reader, key: "")?.record { counts[record.result, default: 0] += 1 }
        }
    }

    /// What the ledger knows of an item.
    func record(_ key: String) -> LedgerRecord? {
        places[Self.hash(key)].flatMap { place in
            var reader = ByteReader(bytes, from: place)
            return Self.read(&reader, key: key)?.record
        }
    }

    /// Takes a record in; the latest of a key counts.
    mutating func insert(_ record: LedgerRecord) {
        let hash = Self.hash(record.key)
        places[hash] = bytes.count
        var writer = ByteWriter()
        Self.write(record, hash: hash, to: &writer)
        bytes += writer.bytes
    }

    /// Takes another index in; where both know a key, the later record counts.
    mutating func merge(_ other: LedgerIndex) {
        if places.isEmpty {
            self = other
            return
        }
        let base = bytes.count
        bytes += other.bytes
        for (key, place) in other.places {
            if let known = places[key], time(of: place + base) < time(of: known) { continue }
            places[key] = place + base
        }
    }

    private func time(of place: Int) -> Int {
        var reader = ByteReader(bytes, from: place)
        return Self.read(&reader, key: "")?.record.time ?? 0
    }

    private static func hash(_ key: String) -> Fingerprint { Fingerprint(of: Array(key.utf8)) }

    // MARK: Records

    private static func write(_ record: LedgerRecord, hash: Fingerprint, to writer: inout ByteWriter) {
        writer.word(hash.high)
        writer.word(hash.low)
        writer.word(record.fingerprint.high)
        writer.word(record.fingerprint.low)
        writer.number(ItemResult.allCases.firstIndex(of: record.result) ?? 0)
        writer.number(record.sizes.count)
        for size in record.sizes { writer.number(size) }
        writer.number(record.sideFiles.count)
        for name in record.sideFiles { writer.text(name) }
        writer.number(record.missing)
        writer.number(Int(min(record.seconds, 1e9) * 1e4))
        writer.number(record.time)
        writer.number(record.blame.flatMap { Blame.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0)
        writer.text(record.stage ?? "")
        writer.text(record.cause ?? "")
    }

    private static func read(_ reader: inout ByteReader, key: String) -> (hash: Fingerprint, record: LedgerRecord)? {
        guard let keyHigh = reader.word(), let keyLow = reader.word(), let high = reader.word(),
            let low = reader.word(), let result = reader.number(), ItemResult.allCases.indices.contains(result),
            let sizes = list(&reader, { $0.number() }), let sideFiles = list(&reader, { $0.text() }),
            let missing = reader.number(), let seconds = reader.number(), let time = reader.number(),
            let blame = reader.number(), let stage = reader.text(),
            let cause = reader.text()
        else { return nil }
        var record = LedgerRecord(
            key: key, fingerprint: Fingerprint(high: high, low: low), result: ItemResult.allCases[result])
        (record.sizes, record.sideFiles, record.missing) = (sizes, sideFiles, missing)
        (record.seconds, record.time) = (Double(seconds) / 1e4, time)
        if Blame.allCases.indices.contains(blame - 1) { record.blame = Blame.allCases[blame - 1] }
        record.stage = stage.isEmpty ? nil : stage
        record.cause = cause.isEmpty ? nil : cause
        return (Fingerprint(high: keyHigh, low: keyLow), record)
    }

    private static func list<Element>(
        _ reader: inout ByteReader, _ element: (inout ByteReader) -> Element?
    ) -> [Element]? {
        guard let count = reader.number(), count <= reader.end - reader.offset else { return nil }
        var elements: [Element] = []
        for _ in 0..<count {
            guard let next = element(&reader) else { return nil }
            elements.append(next)
        }
        return elements
    }

    /// Steps over a record as `read` does, building nothing.
    private static func skip(_ reader: inout ByteReader) -> Fingerprint? {
        guard let high = reader.word(), let low = reader.word(), reader.word() != nil, reader.word() != nil,
            reader.number() != nil, let sizes = reader.number()
        else { return nil }
        for _ in 0..<min(sizes, reader.end - reader.offset) where reader.number() == nil { return nil }
        guard let names = reader.number() else { return nil }
        for _ in 0..<min(names, reader.end - reader.offset) where !skipText(&reader) { return nil }
        // Missing files, seconds, time and blame; then stage and cause.
        for _ in 0..<4 where reader.number() == nil { return nil }
        guard skipText(&reader), skipText(&reader) else { return nil }
        return Fingerprint(high: high, low: low)
    }

    private static func skipText(_ reader: inout ByteReader) -> Bool {
        guard let count = reader.number(), count <= reader.end - reader.offset else { return false }
        reader.offset += count
        return true
    }

    // MARK: The file

    private static let magic = Array("DARKROOM LEDGER INDEX 2\n".utf8)

    /// The index as a file's bytes.
    ///
    /// - Parameters:
    ///   - covered: how many bytes of the ledger are in it.
    ///   - tail: the fingerprint of the ledger's last bytes before there, which tells another ledger apart.
    func encoded(covered: Int, tail: Fingerprint) -> [UInt8] {
        var writer = ByteWriter()
        writer.word(UInt64(covered))
        writer.word(tail.high)
        writer.word(tail.low)
        var body = writer.bytes
        for place in places.values.sorted() {
            var reader = ByteReader(bytes, from: place)
            if Self.skip(&reader) != nil { body += bytes[place..<reader.offset] }
        }
        return Self.magic + Digest.sha256(body) + body
    }

    /// Reads an index file; `nil` for one that is torn or of another kind.
    static func decode(_ file: [UInt8]) -> (index: LedgerIndex, covered: Int, tail: Fingerprint)? {
        let head = magic.count + 32
        guard file.count >= head + 24, file.starts(with: magic) else { return nil }
        guard Digest.sha256(file[head...]) == Array(file[magic.count..<head]) else { return nil }
        var reader = ByteReader(file, from: head)
        guard let covered = reader.word().flatMap({ Int(exactly: $0) }), let high = reader.word(),
            let low = reader.word()
        else { return nil }
        var index = LedgerIndex()
        index.bytes = Array(file[(head + 24)...])
        reader = ByteReader(index.bytes)
        while reader.offset < reader.end {
            let place = reader.offset
            guard let key = skip(&reader) else { return nil }
            index.places[key] = place
        }
        return (index, covered, Fingerprint(high: high, low: low))
    }
}
