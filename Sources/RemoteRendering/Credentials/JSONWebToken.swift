// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a holder of a JWT may know of it without its key.
public enum JSONWebToken {
    private struct Claims: Decodable {
        var exp: Double
    }

    /// The moment from which a token is refused; `nil` for what is no JWT or tells no end.
    public static func expiry(of token: String) -> Date? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text), let claims = try? JSONDecoder().decode(Claims.self, from: data)
        else { return nil }
        return Date(timeIntervalSince1970: claims.exp)
    }
}
