// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import Logging
import TestFixtures
import Testing

/// The same calls over memory and over real sockets.
@Suite struct LiveTransportTests {
    enum Way: CaseIterable, Sendable { case memory, live }

    private static let configuration: ServiceConfiguration = {
        var configuration = ServiceConfiguration(name: "The test service")
        configuration.retry.firstPause = .milliseconds(1)
        return configuration
    }()

    /// Runs a body against a handler, by either way.
    private func with(
        _ way: Way, _ handler: @escaping LoopbackServer.Handler, _ body: (ServicePipeline) async throws -> Void
    ) async throws {
        switch way {
        case .memory:
            let transport = FakeTransport { request, _ in
                let answer = await handler(request)
                if let cut = answer.cutAfter, cut < 0 { throw TransportError(.broken, "closed") }
                var response = TransportResponse.answer(answer.status, headers: answer.headers)
                response.body = ResponseBody(
                    bytes: answer.cutAfter.map { Array(answer.body.prefix($0)) } ?? answer.body)
                return answer.cutAfter == nil ? response : response.breakingOff()
            }
            try await body(
                ServicePipeline(
                    endpoint: try ServiceEndpoint("http://127.0.0.1:1"), transport: transport,
                    configuration: Self.configuration))
        case .live:
            try await LoopbackServer.with(handler) { server in
                try await body(
                    ServicePipeline(
                        endpoint: try ServiceEndpoint(server.address), transport: AsyncHTTPTransport(),
                        configuration: Self.configuration))
            }
        }
    }

    @Test("targets, headers and bodies arrive as they were given", arguments: Way.allCases)
    func intact(way: Way) async throws {
        let target = "/a%20b%2F%C3%BC/c?sig=a%2Bb%2F%3D&x=%26"
        let echo: LoopbackServer.Handler = { request in
            let said = "\(request.method) \(request.path) \(request.header("X-Mark") ?? "") \(request.text)"
            return LoopbackServer.Answer(200, headers: [("X-Back", "yes")], body: Array(said.utf8))
        }
        try await with(way, echo) { pipeline in
            for method in [HTTPRequest.Method.put, .post, .patch] {
                let answer = try await pipeline.collect(
                    ServiceRequest(
                        method, target, purpose: "echo", headers: [HTTPField.Name("X-Mark")!: "m"],
                        body: .bytes(Array("body".utf8))))
                #expect(String(decoding: answer.bytes, as: UTF8.self) == "\(method.rawValue) \(target) m body")
                #expect(answer.head.headerFields[HTTPField.Name("X-Back")!] == "yes")
            }
        }
    }

    @Test("streams go up and come down in pieces", arguments: Way.allCases, [0, 1, 257, 3_000_000])
    func streams(way: Way, count: Int) async throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await with(way, { LoopbackServer.Answer(200, body: $0.body) }) { pipeline in
            let body = RequestBody.stream(length: Int64(count)) {
                AsyncThrowingStream { continuation in
                    for start in stride(from: 0, to: count, by: 65_536) {
                        continuation.yield(Array(bytes[start..<min(start + 65_536, count)]))
                    }
                    continuation.finish()
                }
            }
            let response = try await pipeline.send(ServiceRequest(.put, "/", purpose: "echo", body: body))
            var received: [UInt8] = []
            for try await piece in response.body { received += piece }
            #expect(received == bytes)
        }
    }

    @Test("an empty POST says its length, and an answer without body is one", arguments: Way.allCases)
    func empty(way: Way) async throws {
        let handler: LoopbackServer.Handler = { request in
            LoopbackServer.Answer(request.header("Content-Length") == "0" ? 204 : 400)
        }
        try await with(way, handler) { pipeline in
            let call = ServiceRequest(.post, "/:stop", purpose: "stop", body: .bytes([]))
            let answer = try await pipeline.collect(call)
            #expect(answer.status == 204)
        }
    }

    @Test("an answer that is cut is asked for again", arguments: Way.allCases, [-1, 0, 3])
    func cut(way: Way, after count: Int) async throws {
        let log = LogRecorder()
        let handler: LoopbackServer.Handler = { request in
            log.logger.info("asked")
            return LoopbackServer.Answer(
                200, body: Array("whole".utf8), cutAfter: log.lines.count < 3 ? count : nil)
        }
        try await with(way, handler) { pipeline in
            let answer = try await pipeline.collect(ServiceRequest(.get, "/", purpose: "get"))
            #expect(answer.bytes == Array("whole".utf8) && log.lines.count == 3)
        }
    }

    @Test("a source that fails is told as such, and nothing is sent again")
    func brokenSource() async throws {
        struct Unreadable: Error {}
        for way in Way.allCases {
            try await with(way, { _ in LoopbackServer.Answer(200) }) { pipeline in
                let body = RequestBody.stream(length: 10) {
                    AsyncThrowingStream { continuation in
                        continuation.yield([1, 2, 3])
                        continuation.finish(throwing: Unreadable())
                    }
                }
                let error = await #expect(throws: ServiceError.self) {
                    try await pipeline.collect(ServiceRequest(.put, "/", purpose: "put", body: body))
                }
                #expect(error?.code == .file, "\(way) \(String(describing: error))")
            }
        }
    }

    @Test("nobody listening is unreachable, and silence ends in time")
    func absence() async throws {
        var configuration = Self.configuration
        configuration.tryTimeout = .milliseconds(200)
        configuration.retry.tries = 2
        let silent = try await LoopbackServer.with({ _ in
            try? await Task.sleep(for: .seconds(5))
            return LoopbackServer.Answer(200)
        }) { server in
            let pipeline = ServicePipeline(
                endpoint: try ServiceEndpoint(server.address), transport: AsyncHTTPTransport(),
                configuration: configuration)
            let error = await #expect(throws: ServiceError.self) {
                try await pipeline.collect(ServiceRequest(.get, "/", purpose: "get"))
            }
            #expect(error?.code == .timedOut && error?.tries == 2)
            return server.port
        }
        let pipeline = ServicePipeline(
            endpoint: try ServiceEndpoint("http://127.0.0.1:\(silent)"), transport: AsyncHTTPTransport(),
            configuration: configuration)
        let error = await #expect(throws: ServiceError.self) {
            try await pipeline.collect(ServiceRequest(.get, "/", purpose: "get"))
        }
        #expect(error?.code == .unreachable && error?.message.contains("127.0.0.1:\(silent)") == true)
    }

    @Test(
        "TLS is only with who can prove the name",
        arguments: [("localhost", true, true), ("localhost", false, false), ("elsewhere", true, false)])
    func certificates(name: String, isTrusted: Bool, isGood: Bool) async throws {
        let chain = Fixtures.url("tls/\(name).pem").path
        try await LoopbackServer.with(
            certificate: (chain, Fixtures.url("tls/\(name)-key.pem").path), { _ in LoopbackServer.Answer(200) }
        ) { server in
            var options = AsyncHTTPTransport.Options()
            options.authorityFile = isTrusted ? chain : nil
            let pipeline = ServicePipeline(
                endpoint: try ServiceEndpoint("https://localhost:\(server.port)"),
                transport: AsyncHTTPTransport(options), configuration: Self.configuration)
            let call = ServiceRequest(.get, "/", purpose: "get")
            if isGood {
                #expect(try await pipeline.collect(call).status == 200)
            } else {
                let error = await #expect(throws: ServiceError.self) { try await pipeline.collect(call) }
                #expect(error?.code == .insecure && error?.tries == 1, "\(String(describing: error))")
                let words = isTrusted ? "for another name" : "vouches for its certificate"
                #expect(error?.message.contains(words) == true && error?.message.contains(".cc") == false)
            }
        }
    }
}
