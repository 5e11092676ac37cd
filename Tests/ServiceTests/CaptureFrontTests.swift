// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import OmniverseServices
import TestFixtures
import Testing

@testable import Service

/// What stands around captures: documents, pages, prefixes, compressed bodies.
@Suite struct CaptureFrontTests {
    @Test("every documented path is answered, and the document says what is asked")
    func document() async throws {
        try await CaptureUnderTest.run { service in
            let document = try #require(
                await service.application.respond(to: WireRequest(method: .get, target: "/openapi.json")).json)
            #expect(document["openapi"] == "3.1.0")
            let paths = try #require(document["paths"]?.objectValue)
            #expect(paths.keys.contains("/capture") && paths.keys.contains("/capture-application-screenshot"))
            for (path, operations) in paths {
                for name in operations.objectValue ?? [:] {
                    let method = try #require(HTTPRequest.Method(rawValue: name.key.uppercased()))
                    let target = path.replacing("{job_id}", with: "x")
                    let reply = await service.application.respond(to: WireRequest(method: method, target: target))
                    #expect(reply["detail"] != "Not Found" && reply.status != 405, "\(name.key) \(path)")
                    #expect(
                        name.value["responses"]?[String(reply.status)] != nil, "\(name.key) \(path): \(reply.status)")
                }
            }
            let schema = document["components"]?["schemas"]?["ViewportCaptureRequestModel"]
            #expect(schema?["required"] == ["usd_stage_path"])
        }
    }

    @Test("pages load nothing from elsewhere", arguments: ["/", "/docs", "/redoc"])
    func pages(path: String) async throws {
        try await CaptureUnderTest.run { service in
            let reply = await service.application.respond(to: WireRequest(method: .get, target: path))
            let html = try #require(reply.text)
            #expect(reply.status == 200 && html.hasPrefix("<!doctype html>"))
            #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("//cdn"))
            #expect(reply.headers[.contentSecurityPolicy]?.contains("default-src 'self'") == true)
        }
    }

    @Test(
        "a prefix stands before the capture paths, dots for slashes",
        arguments: [
            ("viewport.capture", "/viewport/capture"), ("/a/b", "/a/b"), ("", ""), ("one", "/one"),
        ])
    func prefix(text: String, path: String) async throws {
        #expect(try CaptureOptions.prefix(text) == path)
        try await CaptureUnderTest.run({ $0.prefix = path }) { service in
            let reply = await service.application.respond(to: WireRequest(method: .get, target: path + "/jobs"))
            #expect(reply.status == 200)
            #expect(await service.application.respond(to: WireRequest(method: .get, target: "/health")).status == 200)
        }
    }

    @Test("a prefix that no path can have is refused", arguments: ["a b", "a/é/b", "ä", "{x}"])
    func badPrefix(text: String) {
        #expect(throws: HostError.self) { try CaptureOptions.prefix(text) }
    }

    @Test(
        "a slash too many leads to the path without it; two in a row lead nowhere",
        arguments: [
            ("/health/", 307), ("/capture/", 307), ("//health", 404), ("/health//", 404), ("/jobs/?limit=1", 307),
        ])
    func slashes(target: String, status: Int) async throws {
        try await CaptureUnderTest.run { service in
            let reply = await service.application.respond(to: WireRequest(method: .get, target: target))
            #expect(reply.status == status)
            if status == 307 { #expect(reply.headers[.location] == target.replacing("/?", with: "?").trimmedSlash) }
        }
    }

    @Test(
        "a random UUID is kept as the id of an exchange, anything else is replaced",
        arguments: [
            ("d4b15197780949aa8e2de85a9538c142", true), ("d4b15197-7809-49aa-8e2d-e85a9538c142", true),
            ("d4b15197780919aa8e2de85a9538c142", false), ("x", false), ("", false),
        ])
    func correlation(id: String, isKept: Bool) async throws {
        try await CaptureUnderTest.run { service in
            let name = HTTPField.Name("X-Correlation-ID")!
            let reply = await service.application.respond(
                to: WireRequest(method: .get, target: "/status", headers: [name: id]))
            #expect((reply.headers[name] == id) == isKept)
        }
    }

    @Test("over TLS the service answers as without, and a certificate that is not trusted ends the call")
    func encrypted() async throws {
        try await ServiceUnderTest.inFolder { folder in
            var host = HostOptions()
            let certificate = Fixtures.url("tls/localhost.pem").path
            host.tls = .init(certificateFile: certificate, privateKeyFile: Fixtures.url("tls/localhost-key.pem").path)
            let service = try await CaptureUnderTest(in: folder, host: host)
            var options = AsyncClientOptions()
            options.throwsForStatus = false
            let stranger = try AsyncClient(uri: service.address, options: options)
            options.connection.authorityFile = certificate
            let client = try AsyncClient(uri: service.address, options: options)
            #expect(try await client.health.get().json == "OK")
            #expect(try await client.jobs.get("none").status == 404)
            let refused = try await client.capture.post(usd_stage_path: "gone.glb")
            #expect(refused["success"] == false)
            await #expect(throws: (any Error).self) { try await stranger.health.get() }
            await service.stop()
        }
    }

    /// `{"usd_stage_path":"gone"}` as gzip and zlib have it, and 4096 spaces in gzip.
    static let compressed = [
        "gzip": "H4sIAAAAAAACA6tWKi1OiS8uSUxPjS9ILMlQslJKz89LVaoFAAmSmE0ZAAAA",
        "deflate": "eJyrViotTokvLklMT40vSCzJULJSSs/PS1WqBQB7dQkv",
        "bomb": "H4sIAAAAAAACA+3BAQ0AAADCoCrvn9IeDigAAADg3QAi6COlABAAAA==",
    ]

    @Test("bodies may be compressed", arguments: ["gzip", "deflate"])
    func encodings(kind: String) async throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: Self.compressed[kind] ?? "")))
        try await CaptureUnderTest.run { service in
            let reply = await service.application.respond(
                to: WireRequest(
                    method: .post, target: "/capture",
                    headers: [.contentType: "application/json", .contentEncoding: kind], body: bytes))
            #expect(reply.status == 200 && reply["success"] == false, "\(reply)")
        }
    }

    @Test(
        "a compressed body that is too long, damaged or of an unknown kind is refused",
        arguments: [
            ("gzip", "bomb", 0, BodyDecoding.Failure.tooLong), ("gzip", "gzip", 9, .damaged),
            ("deflate", "deflate", 2, .damaged), ("br", "gzip", 0, .unknown("br")),
        ])
    func badEncodings(encoding: String, kind: String, cut: Int, failure: BodyDecoding.Failure) throws {
        let bytes = [UInt8](try #require(Data(base64Encoded: Self.compressed[kind] ?? ""))).dropLast(cut)
        var request = WireRequest(
            method: .post, target: "/", headers: [.contentEncoding: encoding], body: Array(bytes))
        #expect(throws: failure) { try BodyDecoding.undo(&request, limit: 100) }
    }
}

extension String {
    fileprivate var trimmedSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
