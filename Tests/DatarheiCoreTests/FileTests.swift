// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import JSONRPC
import Synchronization
import TestFixtures
import Testing

@Suite struct FileTests {
    @Test(
        "paths are escaped, their slashes are not",
        arguments: [
            ("with space+plus.txt", "/api/v3/fs/mem/with%20space%2Bplus.txt"),
            ("/a/ü#?%.png", "/api/v3/fs/mem/a/%C3%BC%23%3F%25.png"),
            ("//a&b=c", "/api/v3/fs/mem/a%26b%3Dc"),
        ])
    func paths(path: String, sent: String) async throws {
        let setup = try CoreSetup(201)
        #expect(try await setup.client.putFile(path, in: "mem", .bytes([])))
        #expect(setup.transport.requests.map(\.path) == [sent])
    }

    @Test("names of processes and keys are one segment each, conditions are escaped")
    func segments() async throws {
        let setup = try CoreSetup(200, "[]")
        _ = try await setup.client.processes(
            {
                var query = CoreProcessQuery()
                (query.ids, query.referencePattern) = (["a b", "c&d"], "*+?")
                return query
            }())
        try await setup.client.setProcessMetadata("a/b", "k ey", to: 1)
        #expect(
            setup.transport.requests.map(\.path) == [
                "/api/v3/process?id=a%20b%2Cc%26d&refpattern=%2A%2B%3F", "/api/v3/process/a%2Fb/metadata/k%20ey",
            ])
    }

    @Test("every condition of a list is sent by the server's name")
    func conditions() async throws {
        let setup = try CoreSetup(200, "[]")
        var query = CoreFileQuery(glob: "/a/**", sortedBy: .lastModified)
        (query.sizeMin, query.sizeMax, query.modifiedFrom, query.modifiedTo) = (1, 2, 3, 4)
        query.isDescending = true
        _ = try await setup.client.files(in: "disk", query)
        #expect(
            setup.transport.requests[0].path
                == "/api/v3/fs/disk?glob=%2Fa%2F%2A%2A&size_min=1&size_max=2&lastmod_start=3&lastmod_end=4&sort=lastmod&order=desc"
        )
    }

    @Test(
        "a file is new or takes another's place",
        arguments: [("24-fs-mem-put-create", true), ("25-fs-mem-put-overwrite", false)])
    func puts(file: String, isNew: Bool) async throws {
        let setup = try CoreSetup(FakeTransport([CoreExchange(file).response]))
        #expect(try await setup.client.putFile("dir/hello.txt", in: "mem", .bytes(Array("hello".utf8))) == isNew)
        #expect(setup.transport.requests[0].path == "/api/v3/fs/mem/dir/hello.txt")
    }

    @Test("files are sent one after the other, piece by piece, and again from the start", arguments: [0, 1, 300_000])
    func glued(size: Int) async throws {
        try await CoreScratch.with { folder in
            let parts = [[UInt8](repeating: 1, count: size), [], [UInt8](repeating: 2, count: 257)]
            let paths = try parts.enumerated().map { index, bytes in
                try CoreScratch.write(bytes, "part\(index)", in: folder)
            }
            let transport = FakeTransport([.answer(503, "{}"), .answer(201)])
            let setup = try CoreSetup(transport)
            try await setup.client.putFile("all", in: "mem", .files(paths))
            #expect(transport.requests.map(\.body) == [parts.flatMap(\.self), parts.flatMap(\.self)])
            #expect(transport.requests[0].header("content-length") == "\(size + 257)")
        }
    }

    @Test("of a long file only a piece is in memory")
    func pieces() async throws {
        try await CoreScratch.with { folder in
            let path = folder.appendingPathComponent("sparse").path
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.truncate(atOffset: 64 << 20)
            try handle.close()
            let counter = PieceCounter()
            let client = try CoreClient("http://127.0.0.1:1", options: CoreClient.Options(transport: counter))
            try await client.putFile("big", in: "disk", .files([path]))
            #expect(counter.total.withLock { $0 } == 64 << 20)
            #expect(counter.largest.withLock { $0 } <= 1 << 20)
        }
    }

    /// Takes what is sent piece by piece.
    final class PieceCounter: HTTPTransport {
        let total = Mutex(0)
        let largest = Mutex(0)

        func send(_ request: HTTPRequest, body: RequestBody, timeout: Duration) async throws -> TransportResponse {
            if case .stream(_, let open) = body {
                for try await piece in open() {
                    total.withLock { $0 += piece.count }
                    largest.withLock { $0 = max($0, piece.count) }
                }
            }
            return .answer(201)
        }
    }

    @Test("a download is in place when it is whole, and not at all when it broke off")
    func downloads() async throws {
        try await CoreScratch.with { folder in
            let place = folder.appendingPathComponent("got.txt").path
            let setup = try CoreSetup(recorded: "50-fs-mem-get-big")
            #expect(try await setup.client.downloadFile("big.txt", in: "mem", to: place) == 5000)
            #expect(FileManager.default.contents(atPath: place)?.count == 5000)
            let broken = try CoreSetup(FakeTransport([CoreExchange("50-fs-mem-get-big").response.breakingOff()]))
            let error = await #expect(throws: ServiceError.self) {
                try await broken.client.downloadFile("big.txt", in: "mem", to: place + "2")
            }
            #expect(error?.code == .unreachable)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["got.txt"])
        }
    }

    @Test("what cannot be read is said before anything is sent", arguments: ["", "missing.png"])
    func unreadable(name: String) async throws {
        try await CoreScratch.with { folder in
            let path = folder.appendingPathComponent(name).path
            let error = #expect(throws: ServiceError.self) { try RequestBody.files([path]) }
            #expect(error?.code == .file && error?.message.contains(folder.lastPathComponent) == true)
        }
    }

    @Test("files are removed one by one where the server cannot remove many")
    func manyRemovals() async throws {
        let transport = FakeTransport { request, _ in
            guard request.head.method == .delete else {
                return .answer(200, #"[{"name":"/f/a.png"},{"name":"/f/b c.png"},{"name":"/f/"}]"#)
            }
            return request.path.hasSuffix("a.png")
                ? try CoreExchange("33-err-fs-mem-get-404").response : .answer(200, "Deleted")
        }
        let setup = try CoreSetup(transport)
        let names = try await setup.client.deleteFilesOneByOne(in: "disk", CoreFileQuery(glob: "/f/*"))
        #expect(names == ["/f/a.png", "/f/b c.png"])
        #expect(
            transport.requests.dropFirst().map(\.path) == ["/api/v3/fs/disk/f/a.png", "/api/v3/fs/disk/f/b%20c.png"])
    }
}

/// A folder that is gone after the test.
enum CoreScratch {
    static func with<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-core-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    /// Writes a file and gives its path.
    static func write(_ bytes: [UInt8], _ name: String, in folder: URL) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }
}
