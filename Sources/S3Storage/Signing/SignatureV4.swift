// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPService
import HTTPTypes

/// Signs requests as AWS asks for it: "Signature Version 4", with the whole of the payload.
///
/// S3's own rule for paths holds: they are signed as they are on the wire, percent-encoded once, nothing taken out.
struct SignatureV4: Sendable {
    var credentials: AWSCredentials
    var region: String
    var service = "s3"

    /// Adds date, payload hash, token and signature to a request that is otherwise complete.
    ///
    /// - Parameter payload: the hexadecimal SHA-256 of the body.
    func sign(_ request: inout HTTPRequest, payload: String, at moment: Date) {
        let date = Self.text(of: moment)
        request.headerFields[Self.dateName] = date
        request.headerFields[Self.payloadName] = payload
        request.headerFields[Self.tokenName] = credentials.sessionToken?.reveal()
        request.headerFields[.authorization] = nil
        let (canonical, signed) = Self.canonical(request, payload: payload)
        let scope = "\(date.prefix(8))/\(region)/\(service)/aws4_request"
        let text = "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(Self.sha256(Array(canonical.utf8)))"
        let signature = Self.hex(Self.mac(text, key(date: String(date.prefix(8)))))
        request.headerFields[.authorization] =
            "AWS4-HMAC-SHA256 Credential=\(credentials.keyID.reveal())/\(scope), SignedHeaders=\(signed), "
            + "Signature=\(signature)"
    }

    static let dateName = HTTPField.Name("x-amz-date")!
    static let payloadName = HTTPField.Name("x-amz-content-sha256")!
    static let tokenName = HTTPField.Name("x-amz-security-token")!

    private func key(date: String) -> SymmetricKey {
        var key = SymmetricKey(data: Array("AWS4\(credentials.key.reveal())".utf8))
        for part in [date, region, service, "aws4_request"] { key = SymmetricKey(data: Self.mac(part, key)) }
        return key
    }

    /// The request in the one form that is signed, and the headers in it.
    static func canonical(_ request: HTTPRequest, payload: String) -> (text: String, signed: String) {
        let target = request.path ?? "/"
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count).dropFirst().split(separator: "&").map { item in
            item.contains("=") ? String(item) : "\(item)="
        }.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        var headers = ["host": request.authority ?? ""]
        for field in request.headerFields {
            let name = field.name.canonicalName
            guard name.hasPrefix("x-amz-") || ["content-type", "content-md5"].contains(name) else { continue }
            let value = field.value.split(separator: " ").joined(separator: " ")
            headers[name] = headers[name].map { "\($0),\(value)" } ?? value
        }
        let names = headers.keys.sorted()
        let signed = names.joined(separator: ";")
        let lines = names.map { "\($0):\(headers[$0] ?? "")\n" }.joined()
        let text =
            "\(request.method.rawValue)\n\(path.isEmpty ? "/" : path)\n\(query.joined(separator: "&"))\n"
            + "\(lines)\n\(signed)\n\(payload)"
        return (text, signed)
    }

    /// `20261121T224236Z`.
    static func text(of moment: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment)
        func digits(_ number: Int?, _ count: Int) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let day = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
        return "\(day)T\(digits(parts.hour, 2))\(digits(parts.minute, 2))\(digits(parts.second, 2))Z"
    }

    static func sha256(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

    private static func mac(_ text: String, _ key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
