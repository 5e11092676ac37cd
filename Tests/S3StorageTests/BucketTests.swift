// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import JSONRPC
import Testing

@testable import S3Storage

/// Buckets of a server that checks every signature with botocore.
@Suite(.enabled(if: S3Server.interpreter != nil, "DARKROOM_PYTHON names no interpreter with moto"))
struct BucketTests {
    private func bucket(
        _ server: S3Server, _ name: String = "models", token: String? = nil,
        change: (inout S3Bucket.Options) -> Void = { _ in }
    ) throws -> S3Bucket {
        var options = S3Bucket.Options()
        options.endpoint = server.address
        options.retry.firstPause = .milliseconds(10)
        change(&options)
        let credentials = AWSCredentials(
            keyID: Secret(S3Server.keyID), key: Secret(S3Server.key), sessionToken: token.map { Secret($0) })
        return try S3Bucket(name, credentials: FixedCredentials(credentials), options: options)
    }

    private func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-s3-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    private static func pattern(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 8)) }
    }

    private static let names = [
        "house.png", "a b/c+d.png", "ünïcode/日本.glb", "100%/x&y=z?#.obj", "dots../..a/b.c", "(a)!*'~,;:@$[]", "a//b",
    ]

    @Test(
        "what is put comes back under every name: whole, in part, in a file, in lists",
        arguments: [nil, "session/token+="])
    func roundTrip(token: String?) async throws {
        try await S3Server.with(token: token) { server in
            let bucket = try bucket(server, token: token)
            for (index, name) in Self.names.enumerated() {
                let bytes = Self.pattern(1000 + index)
                let options = UploadOptions(contentType: "image/png", metadata: ["fingerprint": "f\(index)"])
                let put = try await bucket.put(name, bytes: bytes, options: options)
                #expect(try await bucket.get(name) == bytes, "\(name)")
                #expect(try await bucket.get(name, range: 3..<70) == Array(bytes[3..<70]))
                let known = try await bucket.properties(of: name)
                #expect(known?.length == Int64(bytes.count) && known?.etag == put.etag && !put.etag.isEmpty)
                #expect(known?.contentType == "image/png" && known?.metadata == ["fingerprint": "f\(index)"])
            }
            #expect(Set(try await bucket.list().all().map(\.name)) == Set(Self.names))
            #expect(try await bucket.list(prefix: "a ").all().map(\.name) == ["a b/c+d.png"])
            let paged = try await bucket.list(pageLength: 3).all()
            #expect(paged.count == Self.names.count && paged.allSatisfy { $0.length >= 1000 && !$0.etag.isEmpty })
            try await withFolder { folder in
                for (index, name) in Self.names.enumerated() {
                    let file = folder.appendingPathComponent("file")
                    try await bucket.download(name, to: file)
                    #expect(try [UInt8](Data(contentsOf: file)) == Self.pattern(1000 + index))
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
            }
            for name in Self.names { try await bucket.delete(name) }
            try await bucket.delete("never there")
            #expect(try await bucket.list().all().isEmpty)
            #expect(try await bucket.properties(of: "house.png") == nil)
        }
    }

    @Test("an object of no bytes goes there and back")
    func empty() async throws {
        try await S3Server.with { server in
            let bucket = try bucket(server)
            try await bucket.put("empty", bytes: [])
            #expect(try await bucket.get("empty").isEmpty)
            try await withFolder { folder in
                let file = folder.appendingPathComponent("e")
                let object = try await bucket.download("empty", to: file)
                #expect(object.length == 0)
                #expect(try Data(contentsOf: file).isEmpty)
            }
        }
    }

    @Test("a long file goes up in parts and is one object; conditions hold for it too")
    func parts() async throws {
        try await S3Server.with { server in
            try await withFolder { folder in
                // moto, as AWS, takes no part but the last below 5 MiB.
                let bucket = try bucket(server) { ($0.partThreshold, $0.partLength) = (6 << 20, 5 << 20) }
                let (file, bytes) = (folder.appendingPathComponent("long"), Self.pattern(11 << 20))
                try Data(bytes).write(to: file)
                var options = UploadOptions(contentType: "model/gltf-binary", metadata: ["made": "here"])
                options.condition = .ifNew
                let put = try await bucket.put("long.glb", file: file, options: options)
                #expect(put.length == Int64(bytes.count))
                let known = try await bucket.properties(of: "long.glb")
                #expect(known?.etag == put.etag && known?.contentType == "model/gltf-binary")
                #expect(known?.metadata == ["made": "here"])
                #expect(try await bucket.get("long.glb") == bytes)
                #expect(server.requests.filter { $0.path.contains("partNumber=") }.count == 3)
            }
        }
    }

    @Test("an upload that fails in the middle is taken back, and what was there stays")
    func abort() async throws {
        try await S3Server.with { server in
            try await withFolder { folder in
                let bucket = try bucket(server) { ($0.partThreshold, $0.partLength) = (6 << 20, 5 << 20) }
                try await bucket.put("long.glb", bytes: [1, 2, 3])
                let file = folder.appendingPathComponent("long")
                try Data(Self.pattern(11 << 20)).write(to: file)
                try await server.faults([["path": "partNumber=2", "status": 403, "code": "AccessDenied", "times": 9]])
                let error = await #expect(throws: ServiceError.self) { try await bucket.put("long.glb", file: file) }
                #expect(error?.status == 403 && error?.message.contains("part 2 of long.glb") == true)
                let last = try #require(server.requests.last)
                #expect(last.method == "DELETE" && last.path.contains("uploadId=") && last.status == 204)
                #expect(try await bucket.get("long.glb") == [1, 2, 3])
            }
        }
    }

    @Test("a write goes only where its condition holds")
    func conditions() async throws {
        try await S3Server.with { server in
            let bucket = try bucket(server)
            var options = UploadOptions()
            options.condition = .ifNew
            let first = try await bucket.put("ledger", bytes: [1], options: options)
            let taken = await #expect(throws: ServiceError.self) {
                try await bucket.put("ledger", bytes: [2], options: options)
            }
            #expect(taken?.status == 412)
            options.condition = .ifUnchanged(etag: first.etag)
            try await bucket.put("ledger", bytes: [3], options: options)
            let changed = await #expect(throws: ServiceError.self) {
                try await bucket.put("ledger", bytes: [4], options: options)
            }
            #expect(changed?.status == 412)
            #expect(try await bucket.get("ledger") == [3])
        }
    }

    @Test("a download that is cut goes on where it was, of the same object only", arguments: [1, 700, 999])
    func cuts(count: Int64) async throws {
        try await S3Server.with { server in
            try await withFolder { folder in
                let (bucket, file) = (try bucket(server), folder.appendingPathComponent("f"))
                let bytes = Self.pattern(1000)
                try await bucket.put("a", bytes: bytes)
                try await server.faults([["method": "GET", "path": "/a", "cut": .int(count)]])
                try await bucket.download("a", to: file)
                #expect(try [UInt8](Data(contentsOf: file)) == bytes)
                #expect(server.requests.filter { $0.method == "GET" }.map(\.status) == [200, 206])
                try await server.faults([["method": "GET", "path": "/a", "cut": 0, "times": 99]])
                let error = await #expect(throws: ServiceError.self) {
                    try await bucket.download("a", to: folder.appendingPathComponent("g"))
                }
                #expect(error?.message.contains("again and again") == true)
                #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("g").path))
            }
        }
    }

    @Test("a server that asks for patience is asked again, and told of when it has none")
    func patience() async throws {
        try await S3Server.with { server in
            let bucket = try bucket(server)
            try await server.faults([["status": 503, "code": "SlowDown", "times": 2]])
            try await bucket.put("a", bytes: [1])
            #expect(server.requests.map(\.status) == [503, 503, 200])
            try await server.faults([["status": 503, "code": "SlowDown", "times": 99]])
            let error = await #expect(throws: ServiceError.self) { try await bucket.get("a") }
            #expect(error?.message.contains("SlowDown") == true && error?.tries == 4)
        }
    }

    @Test("wrong keys, a missing bucket and an object that is not there are three things, none with a secret")
    func refusals() async throws {
        try await S3Server.with { server in
            let wrong = AWSCredentials(keyID: Secret(S3Server.keyID), key: Secret("planted-wrong-key"))
            var options = S3Bucket.Options()
            (options.endpoint, options.logger) = (server.address, LogRecorder().logger)
            let stranger = try S3Bucket("models", credentials: FixedCredentials(wrong), options: options)
            let signature = await #expect(throws: ServiceError.self) { try await stranger.get("a") }
            #expect(signature?.body?.code == "SignatureDoesNotMatch")
            let anonymous = try S3Bucket("models", credentials: FixedCredentials(nil), options: options)
            let denied = await #expect(throws: ServiceError.self) { try await anonymous.list().all() }
            #expect(denied?.body?.code == "AccessDenied")
            let absent = await #expect(throws: ServiceError.self) { try await bucket(server, "absent").list().all() }
            #expect(absent?.body?.code == "NoSuchBucket" && absent?.status == 404)
            let missing = await #expect(throws: ServiceError.self) { try await bucket(server).get("a") }
            #expect(missing?.body?.code == "NoSuchKey")
            for error in [signature, denied, absent, missing] {
                let text = error?.message ?? ""
                #expect(
                    !text.contains("planted") && !text.contains(S3Server.keyID) && !text.contains("Signature="),
                    "\(text)")
            }
        }
    }
}
