// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Jobs

@Suite struct LedgerTests {
    private func record(_ n: Int) -> LedgerRecord {
        var record = LedgerRecord(
            key: "out/\(n) \u{e9}\n.png", fingerprint: Fingerprint(of: Array("fp \(n)".utf8)),
            result: n % 5 == 0 ? .failed : .done)
        record.sizes = [n, 300 * n]
        if n % 3 == 0 { record.sideFiles = ["a.mtl", "t\(n).png"] }
        if n % 5 == 0 { (record.stage, record.cause, record.blame) = ("load", "broken \(n)", .input) }
        (record.missing, record.seconds, record.time) = (n % 2, Double(n) / 4, 1 + n)
        return record
    }

    private func folder() throws -> Workplace { try Workplace(models: []) }

    @Test("what is appended is known again, with the index and without") func roundTrip() throws {
        let place = try folder()
        let path = place.path("ledger")
        do {
            let ledger = try Ledger(folder: path, shard: .whole)
            for n in 0..<300 { try ledger.append(record(n)) }
            try ledger.finish()
        }
        for pass in 0..<3 {
            let ledger = try Ledger(folder: path, shard: .whole)
            #expect((0..<300).allSatisfy { ledger.records(record($0).key) == [record($0)] }, "pass \(pass)")
            #expect(ledger.records("out/none").isEmpty)
            let index = "\(path)/shard-1-of-1.index"
            if pass == 0 { try FileManager.default.removeItem(atPath: index) }
            if pass == 1 {
                try Data(Array("DARKROOM LEDGER INDEX 1\nbroken".utf8)).write(to: URL(fileURLWithPath: index))
            }
        }
    }

    @Test("lines after the index count, the last of a key wins") func tail() throws {
        let place = try folder()
        let ledger = try Ledger(folder: place.path("ledger"), shard: .whole)
        for n in 1..<10 { try ledger.append(record(n)) }
        try ledger.finish()
        var changed = record(3)
        changed.result = .emptyFrame
        try ledger.append(changed)
        try ledger.append(record(11))
        let copy = try Data(contentsOf: URL(fileURLWithPath: place.path("ledger/shard-1-of-1.jsonl")))
        try place.write("second/x", "")
        try copy.write(to: URL(fileURLWithPath: place.path("second/shard-1-of-1.jsonl")))
        try FileManager.default.copyItem(
            atPath: place.path("ledger/shard-1-of-1.index"), toPath: place.path("second/shard-1-of-1.index"))
        let again = try Ledger(folder: place.path("second"), shard: .whole)
        #expect(again.records(changed.key) == [changed] && again.count == 10)
    }

    @Test("a torn last line is passed over, and the next one stands by itself") func torn() throws {
        let place = try folder()
        let path = place.path("ledger/shard-1-of-1.jsonl")
        let whole = String(decoding: record(1).line, as: UTF8.self)
        let half = String(decoding: record(2).line.prefix(30), as: UTF8.self)
        try place.write("ledger/shard-1-of-1.jsonl", "\(whole)garbage\n\(half)")
        do {
            let ledger = try Ledger(folder: place.path("ledger"), shard: .whole)
            #expect(ledger.count == 1)
            try ledger.append(record(3))
        }
        let ledger = try Ledger(folder: place.path("ledger"), shard: .whole)
        #expect(ledger.records(record(3).key) == [record(3)] && ledger.records(record(1).key) == [record(1)])
        #expect(try FileSystem.read(path).last == UInt8(ascii: "\n"))
    }

    @Test("shards keep files of their own and know each other's work") func shards() throws {
        let place = try folder()
        for n in 1...3 {
            let ledger = try Ledger(folder: place.path("ledger"), shard: #require(Shard(index: n, count: 3)))
            try ledger.append(record(n))
            try ledger.finish()
        }
        let whole = try Ledger(folder: place.path("ledger"), shard: .whole)
        #expect((1...3).allSatisfy { whole.records(record($0).key) == [record($0)] })
    }

    @Test("two runs do not share a ledger") func lock() throws {
        let place = try folder()
        let first = try Ledger(folder: place.path("ledger"), shard: .whole)
        #expect { try Ledger(folder: place.path("ledger"), shard: .whole) } throws: {
            "\($0)".contains("another run holds it")
        }
        _ = first
    }

    @Test("a full disk tears no line") func full() throws {
        let place = try folder()
        // /dev/full takes nothing and answers as a full disk does.
        try FileManager.default.createDirectory(atPath: place.path("ledger"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: place.path("ledger/shard-1-of-1.jsonl"), withDestinationPath: "/dev/full")
        let ledger = try Ledger(folder: place.path("ledger"), shard: .whole)
        #expect(throws: FileError.self) { try ledger.append(record(1)) }
        #expect(ledger.count == 0)
    }

    @Test("100,000 finished items are known again from the index alone") func large() throws {
        var index = LedgerIndex()
        for n in 0..<100_000 { index.insert(record(n)) }
        let file = index.encoded(covered: 77, tail: Fingerprint(of: []))
        let (again, covered, _) = try #require(LedgerIndex.decode(file))
        #expect(covered == 77 && again.count == 100_000)
        #expect(stride(from: 0, to: 100_000, by: 997).allSatisfy { again.record(record($0).key) == record($0) })
        #expect(LedgerIndex.decode(Array(file.dropLast())) == nil)
        var flipped = file
        flipped[file.count / 2] ^= 1
        #expect(LedgerIndex.decode(flipped) == nil)
    }
}
