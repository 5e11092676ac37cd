// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Foundation
import HTTPFixtures
import HTTPService
import Synchronization
import Testing

@Suite struct LoginTests {
    /// A token as Core makes them, for a life that begins at some second of its clock.
    static func token(_ name: String, from start: Double = 1_800_000_000, life: Double) -> String {
        let claims = #"{"exp":\#(start + life),"iat":\#(start),"usefor":"\#(name)"}"#
        return "e30." + Data(claims.utf8).base64EncodedString().replacing("=", with: "") + "." + name
    }

    /// A Core that counts its tokens and takes the newest access token only.
    final class Gate: Sendable {
        struct State {
            var made = 0
            var logins = 0
            var refreshes = 0
            var accepted: String?
            var refusesRefresh = false
            /// How far the server's clock is ahead.
            var ahead = 0.0
        }
        let state = Mutex(State())
        let clock: ManualClock

        init(_ clock: ManualClock) { self.clock = clock }

        func answer(_ request: FakeTransport.Request) -> TransportResponse {
            let now = clock.now.timeIntervalSince1970
            return state.withLock { state in
                func access() -> String {
                    state.made += 1
                    state.accepted = LoginTests.token("a\(state.made)", from: now + state.ahead, life: 600)
                    return state.accepted ?? ""
                }
                switch request.path {
                case "/api/login":
                    state.logins += 1
                    guard request.text.contains(#""password":"right""#) else {
                        return .answer(401, #"{"code":401,"message":"Unauthorized","details":["wrong"]}"#)
                    }
                    let refresh = LoginTests.token("r", from: now + state.ahead, life: 86_400)
                    return .answer(200, #"{"access_token":"\#(access())","refresh_token":"\#(refresh)"}"#)
                case "/api/login/refresh":
                    state.refreshes += 1
                    guard !state.refusesRefresh, request.header("authorization")?.hasSuffix(".r") == true else {
                        return .answer(401, #"{"code":401,"message":"Unauthorized","details":["Missing"]}"#)
                    }
                    return .answer(200, #"{"access_token":"\#(access())"}"#)
                default:
                    let sent = request.header("authorization")
                    let isKnown = sent != nil && sent == state.accepted.map { "Bearer \($0)" }
                    return isKnown ? .answer(200, "[]") : .answer(401, #"{"code":401,"message":"Unauthorized"}"#)
                }
            }
        }
    }

    let clock = ManualClock()
    let gate: Gate

    init() { gate = Gate(clock) }

    func client(_ credential: CoreCredential) throws -> CoreClient {
        let gate = gate
        var options = CoreClient.Options(transport: FakeTransport { request, _ in gate.answer(request) })
        options.clock = clock.clock
        return try CoreClient("http://127.0.0.1:8080", credential: credential, options: options)
    }

    @Test("many first calls share one login")
    func singleFlight() async throws {
        let client = try client(.password("admin", Secret("right")))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await client.processes() } }
            try await group.waitForAll()
        }
        #expect(gate.state.withLock { $0.logins } == 1)
    }

    @Test("a token is renewed before it ends, with the refresh token", arguments: [0.0, 40_000, -40_000])
    func renewal(ahead: Double) async throws {
        gate.state.withLock { $0.ahead = ahead }
        let client = try client(.password("admin", Secret("right")))
        for (seconds, refreshes) in [(0, 0), (470, 0), (20, 1), (100, 1), (400, 2)] {
            clock.advance(.seconds(seconds))
            _ = try await client.processes()
            #expect(gate.state.withLock { $0.refreshes } == refreshes)
        }
        #expect(gate.state.withLock { $0.logins } == 1)
    }

    @Test("a token that is refused is replaced once, for all who were refused")
    func refusal() async throws {
        let client = try client(.password("admin", Secret("right")))
        _ = try await client.processes()
        gate.state.withLock { $0.accepted = "another" }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await client.processes() } }
            try await group.waitForAll()
        }
        #expect(gate.state.withLock { $0.refreshes } == 1)
        #expect(gate.state.withLock { $0.logins } == 1)
    }

    @Test("a refresh token that is refused, or has ended, leads to a login", arguments: [true, false])
    func refreshRefused(isRefused: Bool) async throws {
        let client = try client(.password("admin", Secret("right")))
        _ = try await client.processes()
        gate.state.withLock { $0.refusesRefresh = isRefused }
        clock.advance(.seconds(isRefused ? 700 : 90_000))
        _ = try await client.processes()
        #expect(gate.state.withLock { $0.logins } == 2)
        #expect(gate.state.withLock { $0.refreshes } == (isRefused ? 1 : 0))
    }

    @Test("a wrong password is said once and not tried again")
    func wrongPassword() async throws {
        let client = try client(.password("admin", Secret("wrong")))
        let error = await #expect(throws: ServiceError.self) { try await client.login() }
        #expect(error?.code == .unauthorized && error?.message.contains("log in as admin") == true)
        #expect(gate.state.withLock { $0.logins } == 1)
    }

    @Test("a second refusal ends the call")
    func secondRefusal() async throws {
        let transport = FakeTransport { request, _ in
            request.path == "/api/login"
                ? .answer(200, #"{"access_token":"x"}"#)
                : .answer(401, #"{"code":401,"message":"Unauthorized","details":[]}"#)
        }
        let setup = try CoreSetup(transport, .password("admin", Secret("right")))
        let error = await #expect(throws: ServiceError.self) { try await setup.client.processes() }
        #expect(error?.code == .unauthorized)
        #expect(transport.requests.map(\.path).filter { $0 == "/api/v3/process" }.count == 2)
    }

    @Test("a login gives both tokens, and begins anew each time")
    func login() async throws {
        let client = try client(.password("admin", Secret("right")))
        let first = try await client.login()
        let second = try await client.login()
        #expect(first.access != second.access && second.refresh != nil)
        #expect(gate.state.withLock { $0.logins } == 2)
        _ = try await client.processes()
        #expect(gate.state.withLock { $0.logins } == 2)
    }

    @Test("tokens of an earlier login are used, then renewed")
    func givenTokens() async throws {
        let given = Self.token("a0", life: 600)
        gate.state.withLock { $0.accepted = given }
        let client = try client(.tokens(access: Secret(given), refresh: Secret(Self.token("r", life: 86_400))))
        _ = try await client.processes()
        #expect(gate.state.withLock { $0.refreshes } == 0)
        clock.advance(.seconds(700))
        _ = try await client.processes()
        #expect(gate.state.withLock { ($0.refreshes, $0.logins) } == (1, 0))
    }

    @Test("an access token alone is left to the server to judge")
    func accessTokenAlone() async throws {
        let given = Self.token("a0", from: 0, life: 600)
        gate.state.withLock { $0.accepted = given }
        let client = try client(.tokens(access: Secret(given)))
        _ = try await client.processes()
        gate.state.withLock { $0.accepted = "another" }
        let error = await #expect(throws: ServiceError.self) { try await client.processes() }
        #expect(error?.code == .unauthorized && error?.message.contains("no longer taken") == true)
    }

    @Test("a Core without authorization is called without, until it wants some")
    func withoutAuthorization() async throws {
        let gate = gate
        let isOpen = Mutex(true)
        let transport = FakeTransport { request, _ in
            guard isOpen.withLock({ $0 }) else { return gate.answer(request) }
            let missing = #"{"code":404,"message":"Not Found","details":["Not Found"]}"#
            return request.path == "/api/login" ? .answer(404, missing) : .answer(200, "[]")
        }
        let setup = try CoreSetup(transport, .password("admin", Secret("right")))
        for _ in 0..<3 { _ = try await setup.client.processes() }
        #expect(transport.requests.filter { $0.path == "/api/login" }.count == 1)
        #expect(transport.requests.allSatisfy { $0.header("authorization") == nil })
        isOpen.withLock { $0 = false }
        _ = try await setup.client.processes()
        #expect(gate.state.withLock { $0.logins } == 1)
    }

    @Test("half an answer about the server means that the token is no longer taken")
    func halfAbout() async throws {
        let (half, whole) = (try CoreExchange("02-about-anonymous").response, try CoreExchange("05-about").response)
        let transport = FakeTransport { request, index in
            request.path == "/api" ? (index < 2 ? half : whole) : .answer(200, #"{"access_token":"x"}"#)
        }
        let setup = try CoreSetup(transport, .password("admin", Secret("right")))
        #expect(try await setup.client.about().isComplete)
        #expect(transport.requests.map(\.path) == ["/api/login", "/api", "/api/login", "/api"])
        let nobody = try CoreSetup(FakeTransport([half]), .anonymous)
        #expect(try await nobody.client.about().version.number == "16.0.0")
    }

    @Test("neither passwords nor tokens are logged")
    func secrecy() async throws {
        let gate = gate
        let setup = try CoreSetup(
            FakeTransport { request, _ in gate.answer(request) }, .password("admin", Secret("right")))
        let tokens = try await setup.client.login()
        let text = setup.log.text
        #expect(!text.isEmpty && !text.contains("right") && !text.contains(tokens.access.reveal()))
    }
}
