// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// The token service of Mixed Reality accounts: gives a token for rendering against an account key or an Entra token.
public struct STSTokenSource: TokenSource {
    private static let trace = HTTPField.Name("X-MRC-CV")!
    private static let traceCharacters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    private let account: String
    private let pipeline: ServicePipeline

    /// - Parameter pipeline: to the token service, with the authorizer that it asks for.
    public init(account: String, pipeline: ServicePipeline) {
        (self.account, self.pipeline) = (account, pipeline)
    }

    /// - Throws: `ServiceError`, `.unreadable` when the service gives something that is no JWT.
    public func token() async throws -> AccessToken {
        let call = ServiceRequest(
            .get,
            "/Accounts/\(PercentEncoding.segment(account))/token?api-version=\(RemoteRenderingAPI.tokenVersion)",
            purpose: "give a token for the account \(account)",
            headers: [
                .accept: "application/json",
                Self.trace: String((0..<22).map { _ in Self.traceCharacters.randomElement() ?? "A" }),
            ])
        let answer = try await pipeline.json(call, as: AccessTokenAnswer.self)
        guard let end = JSONWebToken.expiry(of: answer.accessToken) else {
            throw ServiceError(
                .unreadable,
                "The token service at \(pipeline.endpoint.authority) gave a token that is no JWT with an end.")
        }
        return AccessToken(Secret(answer.accessToken), obtained: pipeline.configuration.clock.now(), expires: end)
    }
}
