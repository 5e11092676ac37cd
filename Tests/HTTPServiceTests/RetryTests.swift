// SPDX-License-Identifier: Apache-2.0
import HTTPFixtures
import HTTPService
import HTTPTypes
import Testing

@Suite struct RetryTests {
    @Test("a repeatable call is tried four times with growing waits", arguments: [408, 429, 500, 502, 503, 504])
    func fourTries(status: Int) async throws {
        let setup = try ServiceSetup([.answer(status)])
        let error = await setup.failure(ServiceSetup.get)
        #expect(setup.transport.requests.count == 4)
        #expect(setup.clock.sleeps == [0.8, 1.6, 3.2])
        #expect(error?.status == status && error?.tries == 4)
        #expect(error?.message.contains("Tried 4 times") == true)
    }

    @Test("what will not change is not tried again", arguments: [400, 403, 404, 409, 422, 501, 505])
    func oneTry(status: Int) async throws {
        let setup = try ServiceSetup([.answer(status)])
        #expect(await setup.failure(ServiceSetup.get)?.status == status)
        #expect(setup.transport.requests.count == 1)
    }

    @Test(
        "other calls are repeated only where nothing can have happened, or the service is known to stand it",
        arguments: [(408, 1), (429, 4), (500, 4), (502, 1), (503, 4), (504, 4)])
    func unrepeatable(status: Int, tries: Int) async throws {
        let setup = try ServiceSetup([.answer(status)])
        _ = await setup.failure(ServiceSetup.post)
        #expect(setup.transport.requests.count == tries)
    }

    @Test("a success after failures is a success, under one request id")
    func recovers() async throws {
        let setup = try ServiceSetup([.answer(500), .answer(503), .answer(200, "ok")])
        let response = try await setup.pipeline.collect(ServiceSetup.get)
        #expect(response.bytes == Array("ok".utf8))
        let ids = Set(setup.transport.requests.compactMap { $0.header("x-ms-client-request-id") })
        #expect(ids.count == 1)
    }

    @Test(
        "Retry-After is honoured in all its forms, for every method, and capped",
        arguments: [
            ("Retry-After", "15", 15.0), ("Retry-After", "0", 0), ("Retry-After", "1.5", 1.5),
            ("Retry-After", "86400", 120), ("retry-after-ms", "250", 0.25), ("x-ms-retry-after-ms", "900", 0.9),
            ("Retry-After", "Fri, 15 Jan 2027 08:00:07 GMT", 7), ("Retry-After", "Fri, 01 Jan 2027 08:00:07 GMT", 0),
        ])
    func retryAfter(name: String, value: String, seconds: Double) async throws {
        for call in [ServiceSetup.get, ServiceSetup.post] {
            let setup = try ServiceSetup([.answer(429, headers: [(name, value)]), .answer(200)])
            _ = try await setup.pipeline.collect(call)
            #expect(setup.clock.sleeps == [seconds])
        }
    }

    @Test("a Retry-After that is none counts for nothing", arguments: ["soon", "-3", "nan", "inf", ""])
    func badRetryAfter(value: String) async throws {
        let setup = try ServiceSetup([.answer(503, headers: [("Retry-After", value)]), .answer(200)])
        _ = try await setup.pipeline.collect(ServiceSetup.get)
        #expect(setup.clock.sleeps == [0.8])
    }

    @Test("no wait begins that would end after the call's deadline")
    func deadline() async throws {
        let setup = try ServiceSetup(
            FakeTransport([.answer(503, headers: [("Retry-After", "100")])]),
            change: { $0.callTimeout = .seconds(150) })
        let error = await setup.failure(ServiceSetup.get)
        #expect(error?.status == 503)
        #expect(setup.clock.sleeps == [100])
        #expect(setup.transport.requests.map(\.timeout) == [.seconds(60), .seconds(50)])
    }

    @Test(
        "failed transports are tried again when that is safe",
        arguments: [
            (TransportError.Code.unreachable, 4, 4, ServiceError.Code.unreachable), (.broken, 4, 1, .unreachable),
            (.timedOut, 4, 1, .timedOut), (.insecure, 1, 1, .insecure), (.source, 1, 1, .file),
        ])
    func transports(code: TransportError.Code, gets: Int, posts: Int, expected: ServiceError.Code) async throws {
        for (call, count) in [(ServiceSetup.get, gets), (ServiceSetup.post, posts)] {
            let setup = try ServiceSetup(FakeTransport { _, _ in throw TransportError(code, "it broke") })
            let error = await setup.failure(call)
            #expect(error?.code == expected)
            #expect(error?.message.contains("it broke") == true)
            #expect(setup.transport.requests.count == count)
        }
    }

    @Test("an answer that breaks off is a failed try")
    func brokenBody() async throws {
        let setup = try ServiceSetup([.answer(200, "ha").breakingOff(), .answer(200, "half")])
        #expect(try await setup.pipeline.collect(ServiceSetup.get).bytes == Array("half".utf8))
        let hopeless = try ServiceSetup(FakeTransport { _, _ in TransportResponse.answer(200, "ha").breakingOff() })
        #expect(await hopeless.failure(ServiceSetup.get)?.code == .unreachable)
        #expect(hopeless.transport.requests.count == 4)
    }

    @Test("a cancelled call ends as cancelled, not as failed")
    func cancelled() async throws {
        let setup = try ServiceSetup([.answer(503)])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await setup.pipeline.collect(ServiceSetup.get)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("streamed bodies are sent whole in each try")
    func streams() async throws {
        let setup = try ServiceSetup([.answer(503), .answer(201)])
        let body = RequestBody.stream(length: 6) {
            AsyncThrowingStream { continuation in
                for piece in ["abc", "def"] { continuation.yield(Array(piece.utf8)) }
                continuation.finish()
            }
        }
        _ = try await setup.pipeline.collect(ServiceRequest(.put, "/big", purpose: "put it", body: body))
        #expect(setup.transport.requests.map(\.text) == ["abcdef", "abcdef"])
        #expect(setup.transport.requests[1].header("Content-Length") == "6")
    }
}
