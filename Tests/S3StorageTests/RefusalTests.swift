// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import Testing

@testable import S3Storage

/// What AWS itself does and no stand-in, from a server in memory.
@Suite struct RefusalTests {
    private static let empty = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"

    private func bucket(
        _ transport: FakeTransport, _ name: String = "models", log: LogRecorder = LogRecorder(),
        change: (inout S3Bucket.Options) -> Void = { _ in }
    ) throws -> S3Bucket {
        var options = S3Bucket.Options(transport: transport)
        (options.clock, options.logger) = (ManualClock().clock, log.logger)
        change(&options)
        let credentials = AWSCredentials(
            keyID: Secret("AKIAPLANTED"), key: Secret("planted-key"), sessionToken: Secret("planted-token"))
        return try S3Bucket(name, credentials: FixedCredentials(credentials), options: options)
    }

    private static func refusal(_ code: String, _ message: String = "", _ more: String = "") -> String {
        "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>\(message)</Message>\(more)</Error>"
    }

    @Test(
        "a bucket of another region is found by what S3 answers, and asked there from then on",
        arguments: [(301, "PermanentRedirect"), (400, "AuthorizationHeaderMalformed"), (307, "TemporaryRedirect")])
    func region(status: Int, code: String) async throws {
        let transport = FakeTransport { request, _ in
            request.host == "models.s3.eu-west-3.amazonaws.com"
                ? .answer(200, Self.empty)
                : .answer(status, Self.refusal(code), headers: [("x-amz-bucket-region", "eu-west-3")])
        }
        let bucket = try bucket(transport)
        _ = try await bucket.list().all()
        _ = try await bucket.list().all()
        #expect(transport.requests.map(\.host).map { $0.contains("eu-west-3") } == [false, true, true])
        #expect(transport.requests.last?.header("Authorization")?.contains("/eu-west-3/s3/aws4_request") == true)
        #expect(bucket.region == "eu-west-3")
    }

    @Test("a HEAD that is redirected tells the region in a header alone; a region that is none is not followed")
    func headRedirect() async throws {
        let transport = FakeTransport { request, _ in
            request.host.contains("eu-west-3")
                ? .answer(200, headers: [("Content-Length", "7"), ("ETag", "\"e\"")])
                : .answer(301, headers: [("x-amz-bucket-region", "eu-west-3")])
        }
        #expect(try await bucket(transport).properties(of: "a")?.length == 7)
        let evil = FakeTransport([.answer(301, headers: [("x-amz-bucket-region", "evil.example/")])])
        await #expect(throws: ServiceError.self) { try await bucket(evil).properties(of: "a") }
        #expect(evil.requests.count == 1)
    }

    @Test("two regions that name each other end in an error")
    func circle() async throws {
        let transport = FakeTransport { request, _ in
            let other = request.host.contains("eu-west-3") ? "us-east-1" : "eu-west-3"
            return .answer(301, Self.refusal("PermanentRedirect"), headers: [("x-amz-bucket-region", other)])
        }
        await #expect(throws: ServiceError.self) { try await bucket(transport).get("a") }
        #expect(transport.requests.count == 2)
    }

    @Test("a clock that is wrong is told with the time of the server")
    func skew() async throws {
        let transport = FakeTransport([
            .answer(
                403,
                Self.refusal(
                    "RequestTimeTooSkewed", "The difference is too large.",
                    "<ServerTime>x</ServerTime><StringToSign>planted-key</StringToSign>"),
                headers: [("Date", "Sat, 21 Nov 2026 07:46:10 GMT")])
        ])
        let error = await #expect(throws: ServiceError.self) { try await bucket(transport).get("a") }
        #expect(error?.body?.code == "RequestTimeTooSkewed")
        #expect(error?.message.contains("Sat, 21 Nov 2026 07:46:10 GMT") == true)
        #expect(error?.message.contains("planted") == false)
    }

    @Test("a success that turns out to be a failure is one, and the parts are dropped")
    func lateFailure() async throws {
        let transport = FakeTransport { request, _ in
            switch (request.method, request.path) {
            case ("POST", let path) where path.hasSuffix("uploads="):
                .answer(200, "<InitiateMultipartUploadResult><UploadId>u/1</UploadId></InitiateMultipartUploadResult>")
            case ("POST", _): .answer(200, Self.refusal("InternalError", "Try again."))
            case ("DELETE", _): .answer(204)
            default: .answer(200, headers: [("ETag", "\"p\"")])
            }
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-\(UUID().uuidString)")
        try Data([1, 2, 3, 4, 5]).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let bucket = try bucket(transport) { ($0.partThreshold, $0.partLength) = (2, 2) }
        let error = await #expect(throws: ServiceError.self) { try await bucket.put("long", file: file) }
        #expect(error?.body?.code == "InternalError" && error?.message.contains("InternalError") == true)
        #expect(transport.requests.last?.method == "DELETE")
        #expect(transport.requests.last?.path == "/long?uploadId=u%2F1")
        let join = transport.requests.dropLast().last?.text ?? ""
        #expect(join.contains("<PartNumber>3</PartNumber><ETag>&quot;p&quot;</ETag>"))
    }

    @Test("an upload whose task is cancelled is taken back all the same")
    func cancelled() async throws {
        let transport = FakeTransport { request, _ in
            if request.path.hasSuffix("uploads=") {
                return .answer(
                    200, "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>")
            }
            if request.method == "PUT" { try await Task.sleep(for: .seconds(60)) }
            return .answer(204)
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-\(UUID().uuidString)")
        try Data([1, 2, 3]).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let bucket = try bucket(transport) { ($0.partThreshold, $0.partLength) = (2, 2) }
        let task = Task { try await bucket.put("long", file: file) }
        while transport.requests.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(transport.requests.last?.method == "DELETE")
    }

    @Test(
        "where a bucket answers",
        arguments: [
            ("thumbs", "eu-central-1", nil, nil, "https://thumbs.s3.eu-central-1.amazonaws.com"),
            ("with.dots", "eu-central-1", nil, nil, "https://s3.eu-central-1.amazonaws.com/with.dots"),
            ("thumbs", "cn-north-1", nil, nil, "https://thumbs.s3.cn-north-1.amazonaws.com.cn"),
            ("thumbs", "us-east-1", "http://minio:9000/", nil, "http://minio:9000/thumbs"),
            ("thumbs", "us-east-1", "https://minio.example/base", nil, "https://minio.example/base/thumbs"),
            ("thumbs", "us-east-1", "https://minio.example:9000", false, "https://thumbs.minio.example:9000"),
            ("thumbs", "us-east-1", nil, true, "https://s3.us-east-1.amazonaws.com/thumbs"),
        ] as [(String, String, String?, Bool?, String)])
    func addresses(bucket: String, region: String, endpoint: String?, isInPath: Bool?, address: String) throws {
        let found = try S3Region.address(of: bucket, region: region, endpoint: endpoint, isInPath: isInPath)
        #expect(found.description == address)
    }

    @Test(
        "names that no object can have are refused before anything is asked",
        arguments: ["", "a/../b", "..", "./a", "a/."])
    func names(name: String) async throws {
        let transport = FakeTransport([.answer(200)])
        let error = await #expect(throws: ServiceError.self) { try await bucket(transport).get(name) }
        #expect(error?.code == .badArgument && transport.requests.isEmpty)
        await #expect(throws: ServiceError.self) {
            try await bucket(transport).get(String(repeating: "n", count: 1025))
        }
    }

    @Test("buckets and regions that cannot be are refused", arguments: ["", "ab", "a/b", "user@host", "a..b", "a b"])
    func buckets(name: String) throws {
        #expect(throws: ServiceError.self) { try bucket(FakeTransport([.answer(200)]), name) }
        #expect(throws: ServiceError.self) {
            try bucket(FakeTransport([.answer(200)])) { $0.region = "eu.example/" }
        }
    }

    @Test("neither log nor error ever shows key, token or signature")
    func silence() async throws {
        let log = LogRecorder()
        let transport = FakeTransport { request, index in
            // A server that repeats everything it was sent.
            .answer(
                index == 0 ? 500 : 403,
                Self.refusal(
                    "AccessDenied",
                    "\(request.header("Authorization") ?? "") \(request.header("x-amz-security-token") ?? "")"))
        }
        let bucket = try bucket(transport, log: log)
        let error = await #expect(throws: ServiceError.self) { try await bucket.put("a", bytes: [1]) }
        let signature =
            transport.requests[0].header("Authorization")?.split(separator: "=").last.map(String.init) ?? "?"
        for text in [error?.message ?? "", log.text] {
            #expect(!text.contains("planted") && !text.contains("AKIAPLANTED") && !text.contains(signature), "\(text)")
        }
        #expect(transport.requests.count == 2)
    }
}
