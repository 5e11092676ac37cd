// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import Logging
import Synchronization
import Testing

/// Gives tokens t1, t2, … and counts how often it was asked.
private final class CountingSource: TokenSource {
    let count = Mutex(0)
    let clock: ManualClock
    let life: Double
    let fails: @Sendable (Int) -> Bool
    let pause: Duration

    init(
        _ clock: ManualClock, life: Double = 3600, pause: Duration = .zero,
        fails: @escaping @Sendable (Int) -> Bool = { _ in false }
    ) {
        (self.clock, self.life, self.pause, self.fails) = (clock, life, pause, fails)
    }

    func token() async throws -> AccessToken {
        let number = count.withLock { count in
            count += 1
            return count
        }
        try await Task.sleep(for: pause)
        if fails(number) { throw ServiceError(.unauthorized, "no token sig=planted") }
        return AccessToken(Secret("t\(number)"), obtained: clock.now, expires: clock.now.addingTimeInterval(life))
    }

    var asked: Int { count.withLock { $0 } }
}

@Suite struct TokenTests {
    private let clock = ManualClock()

    @Test("many who wait share one renewal")
    func singleFlight() async throws {
        let source = CountingSource(clock, pause: .milliseconds(30))
        let cache = TokenCache(source, clock: clock.clock)
        let values = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<64 { group.addTask { try await cache.token().value } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(values == [Secret("t1")] && source.asked == 1)
    }

    @Test(
        "a token is renewed before its end, and a short one is not fetched for every call",
        arguments: [(3600.0, 3299.0, 3301.0), (200, 159, 161), (60, 47, 49)])
    func due(life: Double, good: Double, late: Double) async throws {
        let source = CountingSource(clock, life: life)
        let cache = TokenCache(source, clock: clock.clock)
        _ = try await cache.token()
        clock.advance(.seconds(good))
        _ = try await cache.token()
        #expect(source.asked == 1)
        clock.advance(.seconds(late - good))
        _ = try await cache.token()
        #expect(source.asked == 2)
    }

    @Test("a renewal that fails is no matter while the old token is good")
    func outage() async throws {
        let source = CountingSource(clock) { $0 > 1 }
        let log = LogRecorder()
        let cache = TokenCache(source, clock: clock.clock, logger: log.logger)
        _ = try await cache.token()
        clock.advance(.seconds(3400))
        #expect(try await cache.token().value == Secret("t1"))
        #expect(log.lines(at: .warning).count == 1 && !log.text.contains("planted"))
        clock.advance(.seconds(300))
        await #expect(throws: ServiceError.self) { try await cache.token() }
    }

    @Test("who is cancelled leaves the others their token")
    func cancellation() async throws {
        let source = CountingSource(clock, pause: .milliseconds(100))
        let cache = TokenCache(source, clock: clock.clock)
        let first = Task { try await cache.token() }
        let second = Task { try await cache.token().value }
        try await Task.sleep(for: .milliseconds(20))
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(try await second.value == Secret("t1"))
    }

    @Test("a 401 is answered by one new token, and by one only")
    func renewal() async throws {
        let source = CountingSource(clock)
        let authorizer = BearerAuthorization(TokenCache(source, clock: clock.clock))
        let once = try ServiceSetup(FakeTransport([.answer(401), .answer(200)]), authorizer: authorizer)
        _ = try await once.pipeline.collect(ServiceSetup.get)
        #expect(once.transport.requests.compactMap { $0.header("Authorization") } == ["Bearer t1", "Bearer t2"])
        #expect(once.clock.sleeps.isEmpty)
        let always = try ServiceSetup(FakeTransport([.answer(401)]), authorizer: authorizer)
        let error = await always.failure(ServiceSetup.post)
        #expect(error?.code == .unauthorized && always.transport.requests.count == 2)
    }

    @Test("many refused at once renew once")
    func renewalForMany() async throws {
        let source = CountingSource(clock, pause: .milliseconds(20))
        let setup = try ServiceSetup(
            FakeTransport { request, _ in .answer(request.header("Authorization") == "Bearer t1" ? 401 : 200) },
            authorizer: BearerAuthorization(TokenCache(source, clock: clock.clock)))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<32 { group.addTask { _ = try await setup.pipeline.collect(ServiceSetup.get) } }
            try await group.waitForAll()
        }
        #expect(source.asked == 2)
    }

    @Test("a static token is never renewed, and its refusal not repeated")
    func staticToken() async throws {
        let setup = try ServiceSetup(
            FakeTransport([.answer(401)]), authorizer: BearerAuthorization(StaticToken(Secret("fixed"))))
        #expect(await setup.failure(ServiceSetup.get)?.code == .unauthorized)
        #expect(setup.transport.requests.count == 1)
    }
}
