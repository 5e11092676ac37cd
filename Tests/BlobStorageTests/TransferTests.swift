// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import Synchronization
import Testing

@Suite struct TransferTests {
    private func small(_ options: inout BlobContainer.Options) {
        (options.blockThreshold, options.blockLength, options.pieceLength) = (64, 10, 16)
    }

    @Test("files go up whole or in blocks and come down the same", arguments: [0, 1, 7, 63, 64, 257])
    func roundTrip(count: Int) async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let (source, copy) = (folder.appendingPathComponent("source"), folder.appendingPathComponent("copy"))
                try Data(pattern(count)).write(to: source)
                let container = try BlobWay.sas.container(at: address, change: small)
                let sent = Mutex<[Int64]>([])
                let up = try await container.put("a b/ü.bin", file: source) { done in sent.withLock { $0.append(done) }
                }
                #expect(up.length == count && server.blobs["a b/ü.bin"]?.bytes == pattern(count))
                #expect(sent.withLock { $0.last } == Int64(count))
                #expect(sent.withLock { $0.count } == (count < 64 ? 1 : (count + 9) / 10))
                let down = try await container.download("a b/ü.bin", to: copy)
                #expect(down.length == count)
                #expect(try [UInt8](Data(contentsOf: copy)) == pattern(count))
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["copy", "source"])
            }
        }
    }

    @Test("connections that break during blocks cost tries, not bytes")
    func shakyUpload() async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let source = folder.appendingPathComponent("source")
                try Data(pattern(257)).write(to: source)
                server.cut { _, index in index % 3 == 1 ? -1 : nil }
                try await BlobWay.sharedKey.container(at: address, change: small).put("x", file: source)
                #expect(server.blobs["x"]?.bytes == pattern(257))
            }
        }
    }

    @Test(
        "an upload that is cut off for good leaves the older blob, and the next one sends what is missing",
        arguments: [("rcwdl", 26 - 9), ("cw", 26)])
    func cutUpload(permissions: String, blocks: Int) async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let source = folder.appendingPathComponent("source")
                try Data(pattern(257)).write(to: source)
                let container = try BlobWay.sas.container(at: address, permissions: permissions, change: small)
                try await container.put("x", bytes: [9])
                // One request for the blob, one for the blocks that wait, eight blocks; of the ninth only the answer is lost.
                server.cut { _, index in index > 9 ? -1 : nil }
                let error = await #expect(throws: ServiceError.self) { try await container.put("x", file: source) }
                #expect(error?.code == .unreachable && error?.tries == 4)
                #expect(error?.message.contains("take a block of x") == true)
                #expect(server.blobs["x"]?.bytes == [9])
                server.cut { _, _ in nil }
                let before = server.requests.count
                try await container.put("x", file: source)
                #expect(server.blobs["x"]?.bytes == pattern(257))
                let sent = server.requests.dropFirst(before).filter { $0.path.contains("comp=block&") }
                #expect(sent.count == blocks)
            }
        }
    }

    @Test("blocks of another file are not taken for those of this one")
    func otherBlocks() async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let source = folder.appendingPathComponent("source")
                try Data(pattern(257)).write(to: source)
                let container = try BlobWay.sharedKey.container(at: address, change: small)
                server.cut { _, index in index > 9 ? -1 : nil }
                await #expect(throws: ServiceError.self) { try await container.put("x", file: source) }
                server.cut { _, _ in nil }
                let other = Array(pattern(257).reversed())
                try Data(other).write(to: source)
                try await container.put("x", file: source)
                #expect(server.blobs["x"]?.bytes == other)
            }
        }
    }

    /// Keeps the names of blocks and nothing of their bytes, and breaks after some requests until it is mended.
    private final class Hole: HTTPTransport {
        struct Counts {
            var requests = 0
            var commits = 0
            var largest = 0
            var mended = false
            var blocks: [(name: String, length: Int)] = []
        }

        let counts = Mutex(Counts())

        func send(_ request: HTTPRequest, body: RequestBody, timeout: Duration) async throws -> TransportResponse {
            try counts.withLock { counts in
                counts.requests += 1
                counts.largest = max(counts.largest, Int(body.length ?? 0))
                guard counts.mended || counts.requests <= 41 else {
                    throw TransportError(.broken, "the connection was closed")
                }
                let query = request.path?.split(separator: "?").last ?? ""
                if request.method == .get {
                    let items = counts.blocks.map {
                        "<Block><Name>\($0.name)</Name><Size>\($0.length)</Size></Block>"
                    }
                    return .answer(
                        200, "<BlockList><UncommittedBlocks>\(items.joined())</UncommittedBlocks></BlockList>")
                }
                if query.hasPrefix("comp=blocklist") {
                    counts.commits += 1
                } else if let name = query.split(separator: "blockid=").last, let name = PercentEncoding.decode(name) {
                    counts.blocks.append((name, Int(body.length ?? 0)))
                }
                return .answer(201)
            }
        }
    }

    @Test("600 MB that are cut in the middle never become a blob, nor lie in memory at once, and go on where they were")
    func longUpload() async throws {
        try await withFolder { folder in
            let source = folder.appendingPathComponent("source")
            _ = FileManager.default.createFile(atPath: source.path, contents: nil)
            let handle = try FileHandle(forWritingTo: source)
            try handle.truncate(atOffset: 600 << 20)
            try handle.close()
            let hole = Hole()
            var options = BlobContainer.Options(transport: hole)
            options.clock = ManualClock().clock
            let container = try BlobContainer("https://a.example/c", credential: .anonymous, options: options)
            let done = Mutex<Int64>(0)
            let error = await #expect(throws: ServiceError.self) {
                try await container.put("house.fbx", file: source) { sent in done.withLock { $0 = sent } }
            }
            #expect(error?.code == .unreachable)
            let cut = hole.counts.withLock { $0 }
            #expect(cut.requests == 45 && cut.blocks.count == 40 && cut.commits == 0 && cut.largest == 8 << 20)
            #expect(done.withLock { $0 } == 40 * 8 << 20)
            hole.counts.withLock { $0.mended = true }
            let blob = try await container.put("house.fbx", file: source)
            let whole = hole.counts.withLock { $0 }
            #expect(blob.length == 600 << 20 && whole.commits == 1 && whole.blocks.count == 75)
            #expect(Set(whole.blocks.map(\.name)).count == 75)
        }
    }

    @Test("a file that changes while it goes up is no blob")
    func changed() async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let source = folder.appendingPathComponent("source")
                try Data(pattern(257)).write(to: source)
                let container = try BlobWay.sharedKey.container(at: address, change: small)
                let error = await #expect(throws: ServiceError.self) {
                    try await container.put("x", file: source) { sent in
                        guard sent == 50, let handle = try? FileHandle(forWritingTo: source) else { return }
                        _ = try? handle.seekToEnd()
                        try? handle.write(contentsOf: Data([1]))
                    }
                }
                #expect(error?.code == .file && server.blobs.isEmpty)
                let gone = await #expect(throws: ServiceError.self) {
                    try await container.put("x", file: folder.appendingPathComponent("none"))
                }
                #expect(gone?.code == .file && gone?.message.contains("none") == true)
            }
        }
    }

    @Test("a download that breaks goes on where it was, without asking for a byte twice", arguments: [0, 1, 9, 15])
    func shakyDownload(cut: Int) async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let copy = folder.appendingPathComponent("copy")
                let container = try BlobWay.sas.container(at: address, change: small)
                try await container.put("x", bytes: pattern(100))
                server.cut { request, index in request.method == "GET" && index % 2 == 0 ? cut : nil }
                try await container.download("x", to: copy)
                #expect(try [UInt8](Data(contentsOf: copy)) == pattern(100))
                let starts = server.requests.compactMap { request in
                    request.header("x-ms-range").flatMap { Int($0.dropFirst(6).prefix { $0 != "-" }) }
                }
                #expect(starts == starts.sorted())
            }
        }
    }

    @Test("a download that is given up goes on in the next call, unless the blob was replaced")
    func resumes() async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let copy = folder.appendingPathComponent("copy")
                let container = try BlobWay.sharedKey.container(at: address, change: small)
                try await container.put("x", bytes: pattern(100))
                server.cut { request, index in index > 4 ? -1 : nil }
                let error = await #expect(throws: ServiceError.self) { try await container.download("x", to: copy) }
                #expect(error?.code == .unreachable)
                #expect(!FileManager.default.fileExists(atPath: copy.path))
                server.cut { _, _ in nil }
                let before = server.requests.count
                try await container.download("x", to: copy)
                #expect(try [UInt8](Data(contentsOf: copy)) == pattern(100))
                #expect(server.requests[before + 1].header("x-ms-range") == "bytes=48-63")
                let other = folder.appendingPathComponent("other")
                server.cut { request, index in request.method == "GET" && index > before + 9 ? -1 : nil }
                await #expect(throws: ServiceError.self) { try await container.download("x", to: other) }
                server.cut { _, _ in nil }
                try await container.put("x", bytes: Array(pattern(100).reversed()))
                try await container.download("x", to: other)
                #expect(try [UInt8](Data(contentsOf: other)) == pattern(100).reversed())
                let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                #expect(left == ["copy", "other"])
            }
        }
    }

    @Test("a missing blob and an unwritable place are told as such")
    func failures() async throws {
        try await BlobServer.with { _, address in
            try await withFolder { folder in
                let container = try BlobWay.sharedKey.container(at: address)
                let missing = await #expect(throws: ServiceError.self) {
                    try await container.download("none", to: folder.appendingPathComponent("a"))
                }
                #expect(missing?.status == 404)
                try await container.put("x", bytes: [1])
                let place = folder.appendingPathComponent("no/such/folder")
                let error = await #expect(throws: ServiceError.self) { try await container.download("x", to: place) }
                #expect(error?.code == .file && error?.message.contains("no/such/") == true)
            }
        }
    }
}
