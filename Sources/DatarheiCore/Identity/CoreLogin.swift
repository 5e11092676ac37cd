// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC
import Synchronization

/// Gets access tokens: the one that was given, then new ones for the refresh token, then by logging in.
final class CoreLogin: TokenSource {
    private struct State {
        var given: Secret?
        var refresh: Secret?
        var refreshEnds: Date
    }

    private let pipeline: ServicePipeline
    private let credential: CoreCredential
    private let clock: ServiceClock
    private let state: Mutex<State>

    /// What stands for a token on a Core that asks nobody who they are.
    static let none = Secret("")

    /// - Parameter pipeline: one without authorization, of a patience longer than the 5 s that Core takes to refuse.
    init(_ credential: CoreCredential, pipeline: ServicePipeline) {
        (self.credential, self.pipeline) = (credential, pipeline)
        clock = pipeline.configuration.clock
        let ends = credential.refreshToken.flatMap { TokenLife($0)?.end } ?? .distantFuture
        state = Mutex(State(given: credential.accessToken, refresh: credential.refreshToken, refreshEnds: ends))
    }

    var refreshToken: Secret? { state.withLock { $0.refresh } }

    func token() async throws -> AccessToken {
        let now = clock.now()
        let (given, refresh) = state.withLock { state in
            defer { state.given = nil }
            return (state.given, state.refreshEnds > now ? state.refresh : nil)
        }
        if let given {
            // With nothing to replace it the server may say when it has ended: our clock may be wrong.
            let isAlone = refresh == nil && credential.password == nil
            let ends = isAlone ? .distantFuture : TokenLife(given)?.end ?? .distantFuture
            if ends > now { return AccessToken(given, obtained: now, expires: ends) }
        }
        if let refresh {
            do {
                return try await renewed(refresh)
            } catch let error as ServiceError
                where [401, 403, 404].contains(error.status) && credential.password != nil
            {
                forget()
            }
        }
        return try await loggedIn()
    }

    /// Makes the next token come from user name and password.
    func forget() { state.withLock { ($0.given, $0.refresh) = (nil, nil) } }

    private func renewed(_ refresh: Secret) async throws -> AccessToken {
        var call = ServiceRequest(.get, "/api/login/refresh", purpose: "renew the access token")
        call.headers[.authorization] = "Bearer " + refresh.reveal()
        let answer = try await pipeline.json(call, as: Answer.self)
        return token(Secret(answer.access_token))
    }

    private func loggedIn() async throws -> AccessToken {
        guard let username = credential.username, let password = credential.password else {
            throw ServiceError(
                .unauthorized,
                "The tokens for \(pipeline.endpoint) are no longer taken, and there is no user name and password to log in with."
            )
        }
        let body: JSONValue = ["username": .string(username), "password": .string(password.reveal())]
        var call = ServiceRequest(
            .post, "/api/login", purpose: "log in as \(username)", headers: [.contentType: "application/json"],
            body: .bytes(body.serializedUTF8()))
        call.secrets = [password]
        do {
            let answer = try await pipeline.json(call, as: Answer.self)
            keep(refresh: answer.refresh_token.map { Secret($0) })
            return token(Secret(answer.access_token))
        } catch let error as ServiceError where error.status == 404 {
            // Without authorization there is no such route.
            return AccessToken(Self.none, obtained: clock.now(), expires: .distantFuture)
        }
    }

    private func keep(refresh: Secret?) {
        let now = clock.now()
        let ends = refresh.flatMap { TokenLife($0)?.end(ifMadeAt: now) } ?? .distantFuture
        state.withLock { ($0.refresh, $0.refreshEnds) = (refresh, ends) }
    }

    private func token(_ value: Secret) -> AccessToken {
        let now = clock.now()
        return AccessToken(value, obtained: now, expires: TokenLife(value)?.end(ifMadeAt: now) ?? .distantFuture)
    }

    private struct Answer: Decodable {
        var access_token: String
        var refresh_token: String?
    }
}
