// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// A token as Entra and the identity services of machines give it; numbers may be strings.
struct TokenAnswer: Decodable {
    var accessToken: Secret
    /// Seconds.
    var expiresIn: Double?
    /// Seconds since 1970.
    var expiresOn: Double?

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token", expiresIn = "expires_in", expiresOn = "expires_on"
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        accessToken = Secret(try values.decode(String.self, forKey: .accessToken))
        func number(_ key: CodingKeys) -> Double? {
            (try? values.decode(Double.self, forKey: key))
                ?? (try? values.decode(String.self, forKey: key)).flatMap(Double.init)
        }
        (expiresIn, expiresOn) = (number(.expiresIn), number(.expiresOn))
    }

    /// The token with its end; an hour's life where the answer tells nothing.
    func token(at now: Date) -> AccessToken {
        let end = expiresOn.map { Date(timeIntervalSince1970: $0) } ?? now.addingTimeInterval(expiresIn ?? 3600)
        return AccessToken(accessToken, obtained: now, expires: end)
    }
}

extension IdentityContext {
    /// Asks for a token as an application of a tenant.
    func applicationToken(
        tenant: String, form: [(name: String, value: String)], secrets: [Secret], purpose: String
    ) async throws -> AccessToken {
        let pipeline = try pipeline("Entra", at: authority)
        var call = ServiceRequest(
            .post, "/\(PercentEncoding.segment(tenant))/oauth2/v2.0/token", purpose: purpose,
            headers: [.contentType: "application/x-www-form-urlencoded", .accept: "application/json"],
            body: .bytes(Array(PercentEncoding.query(form).utf8)), isRepeatable: true)
        call.secrets = secrets
        return try await pipeline.json(call, as: TokenAnswer.self).token(at: clock.now())
    }
}
