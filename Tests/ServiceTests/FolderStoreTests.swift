// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Service

@Suite struct FolderStoreTests {
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    @Test("a file is put whole in the place of the old one, and nothing else is left") func put() async throws {
        try await withFolder { folder in
            let store = FolderStore(folder: folder + "/container")
            for text in ["first", "second"] {
                let file = folder + "/file"
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                try await store.put(file: file, as: "a/b/name.bin", contentType: "text/plain")
                #expect(FileManager.default.contents(atPath: folder + "/container/a/b/name.bin") == Data(text.utf8))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/container/a/b") == ["name.bin"])
        }
    }

    @Test("no name leads out of the container", arguments: ["../x", "a/../../x", "./x", "a/\0"]) func escape(
        name: String
    ) async throws {
        try await withFolder { folder in
            let store = FolderStore(folder: folder)
            await #expect(throws: StorageProblem.self) { try await store.fetch(prefix: name, into: folder) }
            await #expect(throws: StorageProblem.self) {
                try await store.put(file: "/etc/hostname", as: name, contentType: "text/plain")
            }
        }
    }

    @Test("a prefix without a folder is told") func missing() async throws {
        try await withFolder { folder in
            let store = FolderStore(folder: folder)
            let whole = try await store.fetch(prefix: "", into: "")
            #expect(whole == folder)
            let problem = await #expect(throws: StorageProblem.self) {
                try await store.fetch(prefix: "none/", into: "")
            }
            #expect(problem?.message.contains("none/") == true)
        }
    }

    @Test("containers are found by address, whatever its case and slash") func locator() throws {
        let locator = StoreLocator(containers: ["https://Me.blob.core.windows.net/in/": "/data/in"])
        #expect(
            try locator.store(uri: "https://me.blob.core.windows.net/in", signature: nil, for: .input, account: "")
                is FolderStore)
        #expect(throws: StorageProblem.self) {
            try locator.store(uri: "https://me.blob.core.windows.net/out", signature: nil, for: .output, account: "")
        }
    }
}
