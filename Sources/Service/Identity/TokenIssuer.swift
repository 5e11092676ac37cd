// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// Signs and checks the tokens that open an account's paths: JSON Web Tokens with HMAC and SHA-256 (RFC 7515, 7519).
struct TokenIssuer: Sendable {
    /// How long a token is good for, as Microsoft's token service has it.
    static let lifetime: TimeInterval = 24 * 3600
    private static let issuer = "darkroom"

    private struct Header: Codable {
        var alg = "HS256"
        var typ = "JWT"
    }

    private struct Claims: Codable {
        var iss: String
        var sub: String
        var iat: Int
        var exp: Int
    }

    private let key: SymmetricKey
    private let now: @Sendable () -> Date

    /// - Parameter secret: at least 32 random bytes.
    init(secret: [UInt8], now: @escaping @Sendable () -> Date = { Date() }) {
        (key, self.now) = (SymmetricKey(data: secret), now)
    }

    /// A token for an account.
    func token(for account: String) throws -> String {
        let time = Int(now().timeIntervalSince1970)
        let claims = Claims(
            iss: Self.issuer, sub: account.lowercased(), iat: time, exp: time + Int(Self.lifetime))
        let signed = try Self.part(Header()) + "." + Self.part(claims)
        let signature = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: key)
        return signed + "." + Self.base64URL(Data(signature))
    }

    /// The account that a token of ours opens; `nil` when it is not ours, was changed or has run out.
    func account(of token: String) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let signature = Self.bytes(parts[2]), let body = Self.bytes(parts[1]),
            let head = Self.bytes(parts[0]),
            let header = try? JSONDecoder().decode(Header.self, from: head), header.alg == "HS256",
            HMAC<SHA256>.isValidAuthenticationCode(
                signature, authenticating: Data((parts[0] + "." + parts[1]).utf8), using: key),
            let claims = try? JSONDecoder().decode(Claims.self, from: body), claims.iss == Self.issuer,
            TimeInterval(claims.exp) > now().timeIntervalSince1970
        else { return nil }
        return claims.sub
    }

    private static func part(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return base64URL(try encoder.encode(value))
    }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(_ text: String) -> Data? {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}
