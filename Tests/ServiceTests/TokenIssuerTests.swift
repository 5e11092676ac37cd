// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Synchronization
import Testing

@testable import Service

@Suite struct TokenIssuerTests {
    private static let account = "30ea64bd-100f-4bf0-adc9-29fa45d4880c"
    private let secret = [UInt8](repeating: 7, count: 32)

    @Test("a token opens the account it was made for") func roundTrip() throws {
        let issuer = TokenIssuer(secret: secret)
        #expect(issuer.account(of: try issuer.token(for: Self.account.uppercased())) == Self.account)
    }

    @Test("a token runs out after a day") func expiry() throws {
        let time = Mutex(Date(timeIntervalSince1970: 1_000_000))
        let issuer = TokenIssuer(secret: secret) { time.withLock { $0 } }
        let token = try issuer.token(for: Self.account)
        time.withLock { $0 += TokenIssuer.lifetime - 1 }
        #expect(issuer.account(of: token) == Self.account)
        time.withLock { $0 += 2 }
        #expect(issuer.account(of: token) == nil)
    }

    @Test("a changed token opens nothing") func forgery() throws {
        let issuer = TokenIssuer(secret: secret)
        let token = try issuer.token(for: Self.account)
        for place in token.indices where token[place] != "." {
            var changed = token
            changed.replaceSubrange(place...place, with: token[place] == "A" ? "B" : "A")
            // The last character of a part may hold bits that stand for nothing.
            guard changed.split(separator: ".") != token.split(separator: ".") else { continue }
            let next = token.index(after: place)
            if next == token.endIndex || token[next] == "." { continue }
            #expect(issuer.account(of: changed) == nil)
        }
        #expect(TokenIssuer(secret: [UInt8](repeating: 8, count: 32)).account(of: token) == nil)
    }

    @Test(
        "what is no token opens nothing",
        arguments: [
            "", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", String(repeating: "A", count: 100_000),
        ])
    func nonsense(text: String) { #expect(TokenIssuer(secret: secret).account(of: text) == nil) }

    @Test("its expiry stands where clients look for it") func readable() throws {
        let token = try TokenIssuer(secret: secret).token(for: Self.account)
        let middle = String(token.split(separator: ".")[1]).replacing("-", with: "+").replacing("_", with: "/")
        let padded = middle + String(repeating: "=", count: (4 - middle.utf8.count % 4) % 4)
        let body = try #require(Data(base64Encoded: padded))
        let claims = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        let left = try #require(claims["exp"] as? Int) - Int(Date().timeIntervalSince1970)
        #expect((86_300...86_400).contains(left))
    }
}

@Suite struct AccountKeysTests {
    private static let account = "30ea64bd-100f-4bf0-adc9-29fa45d4880c"

    private func file(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "accounts-\(UUID().uuidString).json"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test("both keys of an account admit, others do not") func admission() throws {
        let path = try file("{\"\(Self.account)\": [\"0123456789abcdef\", \"fedcba9876543210\"]}")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let keys = try AccountKeys(file: path)
        #expect(keys.admits(Self.account, key: "0123456789abcdef"))
        #expect(keys.admits(Self.account.uppercased(), key: "fedcba9876543210"))
        #expect(!keys.admits(Self.account, key: "0123456789abcdeX") && !keys.admits(Self.account, key: ""))
        #expect(!keys.knows("00000000-100f-4bf0-adc9-29fa45d4880c"))
    }

    @Test(
        "a file that holds no accounts is refused, and no key is repeated",
        arguments: [
            "", "[]", "{}", "{\"me\": [\"0123456789abcdef\"]}",
            "{\"30ea64bd-100f-4bf0-adc9-29fa45d4880c\": []}",
            "{\"30ea64bd-100f-4bf0-adc9-29fa45d4880c\": [\"tooshort-secret\"]}",
        ])
    func refusals(text: String) throws {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: HostError.self) { try AccountKeys(file: path) }
        #expect(error?.message.contains(path) == true && error?.message.contains("tooshort-secret") == false)
    }
}
