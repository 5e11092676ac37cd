// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import JSONRPC

/// When a JSON Web Token was made and when it ends, by its own claims; nothing is verified.
struct TokenLife {
    var issued: Double?
    var expires: Double

    init?(_ token: Secret) {
        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        guard let bytes = Data(base64Encoded: text), let claims = try? JSONValue(parsing: [UInt8](bytes)),
            let end = claims["exp"]?.doubleValue, end.isFinite
        else { return nil }
        (issued, expires) = (claims["iat"]?.doubleValue, end)
    }

    /// The moment a token that came just now ends by our clock, which may differ from the server's.
    func end(ifMadeAt now: Date) -> Date {
        guard let issued, expires > issued else { return end }
        return now.addingTimeInterval(expires - issued)
    }

    /// The moment it ends, if both clocks agree.
    var end: Date { Date(timeIntervalSince1970: expires) }
}
