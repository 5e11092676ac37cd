// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import RemoteRendering
import Synchronization
import Testing

@testable import Service

/// How many requests an account may make.
@Suite(.serialized) struct RequestLimitTests {
    @Test("requests over the limit are refused until the minute is over, each account for itself")
    func minutes() throws {
        let clock = Mutex(ContinuousClock.now)
        let limiter = RequestLimiter(perMinute: 3) { clock.withLock { $0 } }
        func advance(_ seconds: Double) { clock.withLock { $0 += .seconds(seconds) } }
        for _ in 0..<3 { try limiter.take("a") }
        advance(14.5)
        for wait in [46, 46] {
            let problem = #expect(throws: RequestProblem.self) { try limiter.take("a") }
            #expect(problem?.status == .tooManyRequests && problem?.retryAfter == wait && problem?.body == nil)
        }
        try limiter.take("b")
        advance(45)
        let last = #expect(throws: RequestProblem.self) { try limiter.take("a") }
        #expect(last?.retryAfter == 1)
        advance(0.6)
        for _ in 0..<3 { try limiter.take("a") }
        let unlimited = RequestLimiter(perMinute: nil)
        for _ in 0..<1000 { try unlimited.take("a") }
    }

    @Test("a service says 429 and when to come again; tokens and wrong keys are counted apart, a client waits")
    func service() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder) { $0.requestsPerMinute = 4 }
            let token = try await service.token()
            let path = "/accounts/\(ServiceUnderTest.account)/sessions?api-version=2021-01-01"
            for _ in 0..<4 { #expect(try await service.send(.get, path, authorization: token).status == 200) }
            let refused = try await service.send(.get, path, authorization: token)
            #expect(refused.status == 429 && refused.text.isEmpty)
            let wait = try #require(refused.fields[.retryAfter].flatMap { Int($0) })
            #expect((1...60).contains(wait))
            // Without a right token nobody's share is used up.
            for _ in 0..<6 { #expect(try await service.send(.get, path, authorization: "x").status == 401) }
            let sts = "/accounts/\(ServiceUnderTest.account)/token?api-version=2019-02-28-preview"
            var statuses: [Int] = []
            for _ in 0..<5 { statuses.append(try await service.send(.get, sts, authorization: "guess").status) }
            #expect(statuses == [401, 401, 401, 429, 429])
            let other = "/accounts/00000000-0000-0000-0000-000000000000/token?api-version=2019-02-28-preview"
            #expect(try await service.send(.get, other, authorization: "guess").status == 401)

            var options = RemoteRenderingClient.Options()
            let clock = ManualClock()
            options.clock = clock.clock
            let address = "http://127.0.0.1:\(service.port)"
            let client = try RemoteRenderingClient(
                account: RemoteRenderingAccount(
                    id: ServiceUnderTest.account, domain: "127.0.0.1", endpoint: address, tokenEndpoint: address),
                credential: .token(Secret(token)), options: options)
            let error = await #expect(throws: ServiceError.self) { try await client.renderingSession("s") }
            #expect(error?.status == 429 && !clock.sleeps.isEmpty)
            #expect(clock.sleeps.allSatisfy { (1...60).contains($0) })
            await service.stop()
        }
    }
}
