// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores
import Testing

@Suite struct FolderStoreTests {
    private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "darkroom-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    @Test("what is put is looked at, listed, read, brought and deleted")
    func roundTrip() throws {
        try withFolder { folder in
            let store = FolderStore(folder: "\(folder)/store", address: "https://a.example/c")
            #expect(store.address == "https://a.example/c")
            let state = try store.put([1, 2, 3], as: "a/b/house ü.png", PutOptions())
            #expect(state.length == 3)
            try store.put([4], as: "a/c.png", PutOptions())
            let looked = try store.look(at: "a/b/house ü.png")
            #expect(looked == state)
            let all = try store.list(prefix: "").map(\.name).sorted()
            #expect(all == ["a/b/house ü.png", "a/c.png"])
            let below = try store.list(prefix: "a/b").map(\.name)
            #expect(below == ["a/b/house ü.png"])
            let head = try store.head(of: "a/b/house ü.png", count: 2)
            #expect(head == [1, 2])
            try store.fetch("a/b/house ü.png", to: "\(folder)/here")
            let here = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/here")))
            #expect(here == [1, 2, 3])
            try store.put(file: "\(folder)/here", as: "copy", PutOptions())
            try store.delete("a/c.png")
            try store.delete("a/c.png")
            let left = try store.list(prefix: "").map(\.name).sorted()
            #expect(left == ["a/b/house ü.png", "copy"])
        }
    }

    @Test("what is not there is told as such")
    func absent() throws {
        try withFolder { folder in
            let store = FolderStore(folder: folder)
            let (state, head, list) = (
                try store.look(at: "x"), try store.head(of: "x", count: 1), try store.list(prefix: "x/y")
            )
            #expect(state == nil && head == nil && list.isEmpty)
            let error = #expect(throws: StoreError.self) { try store.fetch("x", to: "\(folder)/y") }
            #expect(error?.code == .noObject)
        }
    }

    @Test("another version is another text, and conditions hold")
    func conditions() throws {
        try withFolder { folder in
            let store = FolderStore(folder: folder)
            var options = PutOptions()
            options.condition = .ifNew
            let first = try store.put([1], as: "x", options)
            let taken = #expect(throws: StoreError.self) { try store.put([2], as: "x", options) }
            #expect(taken?.code == .conflict)
            options.condition = .ifUnchanged(version: first.version)
            let second = try store.put([3, 3], as: "x", options)
            #expect(first.version != second.version)
            let changed = #expect(throws: StoreError.self) { try store.put([4], as: "x", options) }
            #expect(changed?.code == .conflict)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == ["x"])
        }
    }

    @Test("no name leads out of the folder", arguments: ["../x", "a/../../x", "/etc/passwd", "", "a//b"])
    func escape(name: String) throws {
        try withFolder { folder in
            let store = FolderStore(folder: "\(folder)/store")
            for body in [
                { _ = try store.look(at: name) }, { try store.put([1], as: name, PutOptions()) },
                { try store.delete(name) }, { try store.fetch(name, to: "\(folder)/y") },
            ] as [() throws -> Void] {
                let error = #expect(throws: StoreError.self) { try body() }
                #expect(error?.code == .badName)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.isEmpty)
        }
    }

    @Test("a place that cannot be written is told, and nothing is left there")
    func unwritable() throws {
        try withFolder { folder in
            try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/file"))
            let error = #expect(throws: StoreError.self) {
                try FolderStore(folder: folder).put([1], as: "file/below", PutOptions())
            }
            #expect(error?.code == .file && error?.message.contains("file/below") == true)
        }
    }
}
