// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import HTTPFixtures
import HTTPService
import Testing

@Suite struct LimitTests {
    static let busy = #"{"code":503,"message":"Service Unavailable","details":[]}"#

    @Test("a call is tried again as often as the client, or the call, says", arguments: [0, 1, 3])
    func retries(count: Int) async throws {
        let setup = try CoreSetup(FakeTransport([.answer(503, Self.busy)]), retries: count)
        await #expect(throws: ServiceError.self) { try await setup.client.processes() }
        #expect(setup.transport.requests.count == count + 1)
        #expect(setup.clock.sleeps == Array([0.5, 1, 2].prefix(count)))
        let other = try CoreSetup(503, Self.busy)
        await #expect(throws: ServiceError.self) { try await other.client.with(retries: count).processes() }
        #expect(other.transport.requests.count == count + 1)
    }

    @Test("limits of one call leave the client as it is")
    func perCall() async throws {
        let setup = try CoreSetup(200, "[]")
        _ = try await setup.client.with(retries: 0, timeout: .seconds(2)).processes()
        _ = try await setup.client.processes()
        #expect(setup.transport.requests.map(\.timeout) == [.seconds(2), .seconds(10)])
    }

    @Test("no time is no call")
    func noTime() async throws {
        let setup = try CoreSetup(200, "[]")
        let error = await #expect(throws: ServiceError.self) { try await setup.client.with(timeout: .zero).processes() }
        #expect(error?.code == .timedOut)
        #expect(setup.transport.requests.isEmpty)
    }

    @Test("what was perhaps done is not done again", arguments: [500, 502, -1])
    func repeats(status: Int) async throws {
        let transport = FakeTransport { _, _ in
            guard status > 0 else { throw TransportError(.broken, "the connection was closed") }
            return .answer(status, "{}")
        }
        let setup = try CoreSetup(transport)
        await #expect(throws: ServiceError.self) { try await setup.client.addProcess(CoreProcessConfig(id: "a")) }
        #expect(transport.requests.count == 1)
        await #expect(throws: ServiceError.self) { try await setup.client.processes() }
        #expect(transport.requests.count == 5)
    }

    @Test("what is sent has time for its size")
    func uploads() async throws {
        let setup = try CoreSetup(201)
        try await setup.client.putFile("big", in: "mem", .bytes([UInt8](repeating: 0, count: 1 << 20)))
        #expect(setup.transport.requests.map(\.timeout) == [.seconds(14)])
    }

    @Test("passwords do not travel in the open without being told to")
    func plainHTTP() throws {
        let remote = "http://core.example:8080"
        #expect(throws: ServiceError.self) { try CoreClient(remote) }
        var options = CoreClient.Options(transport: FakeTransport([.answer(200)]))
        options.plainHTTP = .everywhere
        #expect(try CoreClient(remote, options: options).endpoint.host == "core.example")
    }
}
