// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

@testable import Jobs

/// Watching real folders, with looks that only the system's word brings: the time between others is minutes.
@Suite struct FolderWatchTests {
    /// A watched folder of a test.
    private final class Place: Sendable {
        let folder: String
        private let batches = Mutex<[[String]]>([])

        init() throws {
            folder = NSTemporaryDirectory() + "watch-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }

        func write(_ name: String, _ text: String) throws {
            let file = URL(fileURLWithPath: "\(folder)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }

        func take(_ paths: [String]) {
            batches.withLock { $0.append(paths.map { String($0.dropFirst(folder.count + 1)) }) }
        }

        var seen: [String] { batches.withLock { Array($0.joined()) } }

        /// Waits until a name was handed out so often.
        func wait(for name: String, times: Int = 1) async throws {
            for _ in 0..<1500 {
                if seen.count(where: { $0 == name }) >= times { return }
                try await Task.sleep(for: .milliseconds(20))
            }
            Issue.record("\(name) was not handed out: \(seen)")
        }
    }

    private func withWatch(
        _ change: (inout JobFile.Sources) -> Void = { _ in },
        givingBack: @escaping @Sendable ([String]) -> Set<String> = { _ in [] },
        _ body: (Place) async throws -> Void
    ) async throws {
        let place = try Place()
        defer { try? FileManager.default.removeItem(atPath: place.folder) }
        var sources = JobFile.Sources()
        sources.root = place.folder
        change(&sources)
        let watch = FolderWatch(sources, settle: .milliseconds(60), poll: .seconds(600))
        let (ready, told) = AsyncStream<Bool>.makeStream()
        let task = Task {
            try await watch.run(
                ready: {
                    told.yield($0)
                    told.finish()
                },
                draw: { paths in
                    place.take(paths)
                    return givingBack(paths)
                })
        }
        for await _ in ready {}
        try await body(place)
        task.cancel()
        try await task.value
    }

    @Test("models that come, in new folders too, are handed out once; others are not")
    func comes() async throws {
        try await withWatch({ $0.exclude = ["**/wip/**"] }) { place in
            try place.write("a.obj", "v 0 0 0\n")
            try place.write("deep/er/b.ply", "ply\n")
            try place.write("wip/c.obj", "v 0 0 0\n")
            try place.write("notes.txt", "no model")
            try place.write(".hidden.obj", "v 0 0 0\n")
            try await place.wait(for: "a.obj")
            try await place.wait(for: "deep/er/b.ply")
            try place.write("last.obj", "v 0 0 0\n")
            try await place.wait(for: "last.obj")
            #expect(place.seen.sorted() == ["a.obj", "deep/er/b.ply", "last.obj"])
        }
    }

    @Test("what is renamed into place, replaced or touched by a side file is handed out again")
    func changes() async throws {
        try await withWatch { place in
            try place.write("part.tmp", "mtllib a.mtl\nv 0 0 0\n")
            try FileManager.default.moveItem(atPath: place.folder + "/part.tmp", toPath: place.folder + "/a.obj")
            try await place.wait(for: "a.obj")
            // The library comes later, then the picture that it names.
            try place.write("a.mtl", "map_Kd skin.png\n")
            try await place.wait(for: "a.obj", times: 2)
            try place.write("a.obj", "mtllib a.mtl\nv 1 1 1\n")
            try await place.wait(for: "a.obj", times: 3)
            try place.write("skin.png", "no picture")
            try await place.wait(for: "a.obj", times: 4)
            try FileManager.default.removeItem(atPath: place.folder + "/a.obj")
            try place.write("b.obj", "v 0 0 0\n")
            try await place.wait(for: "b.obj")
            #expect(place.seen.count(where: { $0 == "a.obj" }) == 4)
        }
    }

    @Test("a copy that pauses is not taken before it is closed")
    func slowCopy() async throws {
        try await withWatch { place in
            let path = place.folder + "/slow.obj"
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            let file = try #require(FileHandle(forWritingAtPath: path))
            for part in 0..<4 {
                try file.write(contentsOf: Data("v \(part) 0 0\n".utf8))
                try place.write("other\(part).obj", "v 0 0 0\n")
                // Long enough for the rule to settle both, were it not for the open file.
                try await place.wait(for: "other\(part).obj")
                try await Task.sleep(for: .milliseconds(100))
                #expect(!place.seen.contains("slow.obj"))
            }
            try file.close()
            try await place.wait(for: "slow.obj")
        }
    }

    @Test("models that were there before are handed out first, and single files can be watched")
    func before() async throws {
        let place = try Place()
        defer { try? FileManager.default.removeItem(atPath: place.folder) }
        try place.write("a.obj", "v 0 0 0\n")
        try place.write("b.obj", "v 0 0 0\n")
        var sources = JobFile.Sources()
        sources.paths = [place.folder + "/a.obj", place.folder + "/later.obj"]
        let watch = FolderWatch(sources, settle: .milliseconds(40), poll: .seconds(600))
        let task = Task {
            try await watch.run { paths in
                place.take(paths)
                return []
            }
        }
        try await place.wait(for: "a.obj")
        try place.write("later.obj", "v 0 0 0\n")
        try await place.wait(for: "later.obj")
        task.cancel()
        try await task.value
        #expect(place.seen == ["a.obj", "later.obj"])
    }

    @Test("a folder that is not there is refused")
    func noFolder() async {
        var sources = JobFile.Sources()
        sources.root = "/no/such/folder"
        await #expect(throws: JobError.self) {
            try await FolderWatch(sources, settle: .zero, poll: .seconds(1)).run { _ in [] }
        }
    }

    @Test("events are read as the system writes them, and torn ones are left")
    func events() {
        func event(_ watch: Int32, _ mask: UInt32, _ name: String, length: Int) -> [UInt8] {
            var bytes = withUnsafeBytes(of: (watch, mask, UInt32(0), UInt32(length))) { Array($0) }
            bytes += Array(name.utf8) + [UInt8](repeating: 0, count: length - name.utf8.count)
            return bytes
        }
        let bytes =
            event(3, 8, "a.obj", length: 16) + event(4, 0x4000, "", length: 0)
            + event(5, 0x4000_0100, "ü", length: 16)
        let events = FolderEvent.events(in: bytes[...])
        #expect(events.map(\.watch) == [3, 4, 5] && events.map(\.name) == ["a.obj", "", "ü"])
        #expect(events.map(\.isOverflow) == [false, true, false])
        #expect(events.map(\.isNewFolder) == [false, false, true])
        for cut in [0, 1, 15, 16, 31] { #expect(FolderEvent.events(in: bytes.prefix(cut)).isEmpty) }
        #expect(FolderEvent.events(in: bytes.prefix(48)).count == 2)
    }
}
