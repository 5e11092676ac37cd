// SPDX-License-Identifier: Apache-2.0
import CloudStores
import Codecs
import Foundation
import HTTPFixtures
import ImageCore
import JSONRPC
import Stores
import TestFixtures
import Testing

/// The built program over buckets of moto and containers of the test's own Blob server.
@Suite(.serialized, .enabled(if: S3Server.interpreter != nil, "DARKROOM_PYTHON names no interpreter with moto"))
struct StoreTests {
    private static let token = "plantedSessionToken/+="
    private static let cube = "checker-cube.glb"

    private static func environment(_ server: S3Server, _ more: [String: String] = [:]) -> [String: String] {
        [
            "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ACCESS_KEY_ID": S3Server.keyID, "AWS_SECRET_ACCESS_KEY": S3Server.key, "AWS_SESSION_TOKEN": token,
            "AWS_ENDPOINT_URL_S3": server.address,
        ].merging(more) { $1 }
    }

    private static func store(_ server: S3Server) throws -> any ObjectStore {
        try StoreOpener(StoreOpener.Options(environment: environment(server))).store(of: StoreAddress("s3://models"))
    }

    /// Runs the program on a thread of its own: the servers need this task's.
    private static func run(
        _ arguments: [String], _ environment: [String: String], in folder: URL
    ) async throws -> Program.Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        var program = Program(arguments: arguments)
                        (program.environment, program.folder) = (environment, folder)
                        return try program.run()
                    })
            }
        }
    }

    private static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-s3-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private static func sample(_ name: String) throws -> [UInt8] {
        let file = Fixtures.repository.appendingPathComponent("Samples/models/\(name)")
        return [UInt8](try Data(contentsOf: file))
    }

    @Test("thumbnails of a bucket go into the bucket; a second run asks for lists and the ledger alone")
    func thumbnails() async throws {
        try await S3Server.with(token: Self.token) { server in
            try await Self.withFolder { folder in
                let store = try Self.store(server)
                try await store.put(Self.sample(Self.cube), as: "in/cube + ü.glb", PutOptions())
                try await store.put(Self.sample(Self.cube), as: "in/sub/b.glb", PutOptions())
                try await store.put(Array("no model".utf8), as: "in/broken.ply", PutOptions())
                let arguments = [
                    "thumbnail", "s3://models/in", "-o", "s3://models/thumbs", "--size", "48", "--samples", "1",
                    "--sheet",
                    "s3://models/all.png", "--report", "json=\(folder.path)/r.json", "--report",
                    "html=s3://models/report.html", "--scratch", folder.path, "--log-level", "debug", "--progress",
                    "json",
                ]
                let first = try await Self.run(arguments, Self.environment(server), in: folder)
                #expect(first.code == 1, "\(first.talk)")
                let names = Set(try await store.list(prefix: "").map(\.name))
                #expect(
                    names.isSuperset(of: ["thumbs/cube + ü.glb.png", "thumbs/sub/b.glb.png", "all.png", "report.html"]))
                #expect(
                    names.contains("thumbs/.darkroom/shard-1-of-1.jsonl") && !names.contains("thumbs/broken.ply.png"))
                let picture = try #require(try await store.head(of: "thumbs/sub/b.glb.png", count: 1 << 20))
                #expect(try ImageDecoder.decode(picture).width == 48)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["r.json"])
                let report = try String(contentsOfFile: "\(folder.path)/r.json", encoding: .utf8)
                #expect(report.contains("s3://models/in/broken.ply") && !report.contains(folder.path))
                let before = server.requests.count
                let second = try await Self.run(arguments, Self.environment(server), in: folder)
                #expect(second.code == 1 && second.talk.contains("unchanged"), "\(second.talk)")
                let asked = server.requests.dropFirst(before).filter { !$0.path.contains("report.html") }
                #expect(asked.count <= 6, "\(asked)")
                #expect(!asked.contains { $0.method == "PUT" })
                var everything = [first.talk, second.talk, report]
                for object in try await store.list(prefix: "") {
                    everything.append(
                        String(decoding: try await store.head(of: object.name, count: 1 << 22) ?? [], as: UTF8.self))
                }
                for text in everything {
                    #expect(!text.contains("planted") && !text.contains(S3Server.keyID) && !text.contains("Signature="))
                }
            }
        }
    }

    @Test("a job reads a bucket and writes a container of Blob storage, with the ledger here")
    func mixture() async throws {
        try await S3Server.with(token: Self.token) { server in
            try await BlobServer.with { blobs, container in
                try await Self.withFolder { folder in
                    let store = try Self.store(server)
                    try await store.put(
                        Array("mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl m\nf 1 2 3\n".utf8), as: "in/a.obj",
                        PutOptions())
                    try await store.put(Array("newmtl m\nKd 1 0 0\n".utf8), as: "in/a.mtl", PutOptions())
                    let account = BlobServer.account
                    let job = """
                        version: 1
                        sources: {root: "s3://models/in"}
                        render: {size: 40x30, samples: 1}
                        outputs: [{path: "az://\(account)/\(BlobServer.container)/out/{rel}.png"}]
                        ledger: here/
                        """
                    try Data(job.utf8).write(to: folder.appendingPathComponent("job.yaml"))
                    let environment = Self.environment(
                        server,
                        [
                            "AZURE_STORAGE_KEY": BlobServer.key,
                            "AZURE_STORAGE_SERVICE_ENDPOINT": String(
                                container.dropLast(BlobServer.container.count + 1)),
                        ])
                    for result in ["done", "unchanged"] {
                        let run = try await Self.run(
                            ["render", "job.yaml", "--progress", "json", "--log-level", "debug"], environment,
                            in: folder)
                        #expect(run.code == 0 && run.talk.contains("\"result\":\"\(result)\""), "\(run.talk)")
                        #expect(!run.talk.contains(BlobServer.key) && !run.talk.contains("planted"))
                        #expect(!run.talk.contains("missing file"), "\(run.talk)")
                    }
                    let blob = blobs.blobs["out/a.obj.png"]
                    #expect(
                        blob?.contentType == "image/png" && blob?.metadata.values.contains { $0.count == 32 } == true)
                    #expect(try ImageDecoder.decode(blob?.bytes ?? []).width == 40)
                    let ledger = try String(contentsOfFile: "\(folder.path)/here/shard-1-of-1.jsonl", encoding: .utf8)
                    #expect(ledger.contains("az://\(account)") && !ledger.contains(BlobServer.key))
                    #expect(server.requests.filter { $0.path.hasSuffix("a.obj") && $0.method == "GET" }.count == 1)
                }
            }
        }
    }

    @Test("one picture of a model in a bucket goes to standard output")
    func single() async throws {
        try await S3Server.with(token: Self.token) { server in
            try await Self.withFolder { folder in
                try await Self.store(server).put(Self.sample(Self.cube), as: "a/cube.glb", PutOptions())
                let run = try await Self.run(
                    ["thumbnail", "s3://models/a/cube.glb", "-o", "-", "--size", "32", "--samples", "1"],
                    Self.environment(server), in: folder)
                #expect(run.code == 0, "\(run.talk)")
                #expect(try ImageDecoder.decode(run.output).width == 32)
            }
        }
    }

    @Test(
        "what is wrong is one sentence and the code of who has to act",
        arguments: [
            (["s3://absent/in"], [:], 65, "there is no such store"),
            (["s3://models/none"], [:], 65, "no input"),
            (["s3://models/in"], ["AWS_SECRET_ACCESS_KEY": "planted-other"], 69, "access is denied"),
            (["s3://models/in"], ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""], 71, "No keys for S3"),
            (["s3://models/in"], ["AWS_SESSION_TOKEN": "planted-over"], 69, "ExpiredToken"),
            (["s3://models/in"], ["AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"], 69, "127.0.0.1:9"),
            (["s3://models/in", "--watch"], [:], 64, "--watch"),
            (["s3://models/in", "--s3-region", "no region"], [:], 64, "region"),
            (["s3://key:planted@models/in"], [:], 64, "no address of a store"),
            (["az://account"], [:], 64, "az://account/container/name"),
        ] as [([String], [String: String], Int32, String)])
    func errors(arguments: [String], change: [String: String], code: Int32, words: String) async throws {
        try await S3Server.with(token: Self.token) { server in
            try await Self.withFolder { folder in
                try await Self.store(server).put(Self.sample(Self.cube), as: "in/cube.glb", PutOptions())
                let run = try await Self.run(
                    ["thumbnail"] + arguments + ["-o", "\(folder.path)/out"], Self.environment(server, change),
                    in: folder)
                #expect(run.code == code && run.talk.contains(words), "\(run.code) \(run.talk)")
                #expect(!run.talk.contains("planted") && !run.talk.contains(S3Server.keyID), "\(run.talk)")
                let files = FileManager.default.subpaths(atPath: folder.path) ?? []
                #expect(!files.contains { $0.hasSuffix(".png") || $0.hasSuffix(".tmp") }, "\(files)")
            }
        }
    }

    @Test("connections that break in the middle and servers that ask for patience cost time, not pictures")
    func faults() async throws {
        try await S3Server.with(token: Self.token) { server in
            try await Self.withFolder { folder in
                let store = try Self.store(server)
                try await store.put(Self.sample(Self.cube), as: "in/cube.glb", PutOptions())
                try await server.faults([
                    ["method": "GET", "path": "in/cube.glb", "cut": 500],
                    ["method": "PUT", "path": ".png", "status": 503, "code": "SlowDown"],
                    ["method": "GET", "path": "list-type", "status": 500, "code": "InternalError"],
                ])
                let run = try await Self.run(
                    ["thumbnail", "s3://models/in", "-o", "s3://models/out", "--size", "32", "--samples", "1"],
                    Self.environment(server), in: folder)
                #expect(run.code == 0, "\(run.talk)")
                #expect(
                    server.requests.map(\.status).filter { [500, 503, 206].contains($0) }.sorted() == [206, 500, 503])
                let state = try await store.look(at: "out/cube.glb.png")
                #expect(state?.metadata["fingerprint"]?.count == 32)
                // A store that never takes the picture fails its item, and nothing half-written is there.
                try await store.delete("out/cube.glb.png")
                try await server.faults([
                    ["method": "PUT", "path": ".png", "status": 403, "code": "AccessDenied", "times": 99]
                ])
                let denied = try await Self.run(
                    ["thumbnail", "s3://models/in", "-o", "s3://models/out", "--size", "32", "--samples", "1"],
                    Self.environment(server), in: folder)
                #expect(denied.code == 69 && denied.talk.contains("access is denied"), "\(denied.code) \(denied.talk)")
                let pictures = try await store.list(prefix: "out/").filter { $0.name.hasSuffix(".png") }
                #expect(pictures.isEmpty)
            }
        }
    }
}
