// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPTypes

/// Recomputes the proof of a request, from what is on the wire alone.
struct SignatureCheck {
    var request: FakeTransport.Request
    var target: Target

    /// Why the request is not to be trusted; `nil` when it is.
    var refusal: String? {
        if let header = request.header("Authorization") {
            if header == "Bearer entra-token" { return nil }
            guard header.hasPrefix("SharedKey \(BlobServer.account):") else { return "unknown authorization" }
            return header.hasSuffix(":\(Self.sign(sharedKeyText))") ? nil : "the signature of the request is wrong"
        }
        return sasRefusal
    }

    private var sasRefusal: String? {
        let query = target.query
        guard let signature = query["sig"], let permissions = query["sp"], let end = query["se"] else {
            return "no proof at all"
        }
        let resource = "/blob/\(BlobServer.account)/\(target.container)" + (query["sr"] == "b" ? "/\(target.blob)" : "")
        let names = [
            "sp", "st", "se", nil, "si", "sip", "spr", "sv", "sr", nil, "ses", "rscc", "rscd", "rsce", "rscl", "rsct",
        ]
        let lines = names.enumerated().map { index, name in
            name.map { query[$0] ?? "" } ?? (index == 3 ? resource : "")
        }
        guard signature == Self.sign(lines.joined(separator: "\n")) else { return "the signature of the SAS is wrong" }
        guard end > "2026-01-01" else { return "the SAS is over" }
        let needed: String =
            switch (request.method, query["comp"]) {
            case ("GET", "list"): "l"
            case ("GET", _), ("HEAD", _): "r"
            case ("DELETE", _): "d"
            default: "wc"
            }
        return needed.contains { permissions.contains($0) } ? nil : "the SAS does not allow this"
    }

    private var sharedKeyText: String {
        let names = [
            "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
            "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
        ]
        var lines = [request.method]
        for name in names {
            let value = request.header(name) ?? ""
            lines.append(name == "Content-Length" && value == "0" ? "" : value)
        }
        var own: [String: String] = [:]
        for field in request.head.headerFields where field.name.canonicalName.hasPrefix("x-ms-") {
            own[field.name.canonicalName] = field.value
        }
        lines += own.keys.sorted().map { "\($0):\(own[$0] ?? "")" }
        lines.append("/\(BlobServer.account)\(target.path)")
        lines += target.query.keys.sorted().map { "\($0):\(target.query[$0] ?? "")" }
        return lines.joined(separator: "\n")
    }

    static func sign(_ text: String) -> String {
        let key = SymmetricKey(data: Data(base64Encoded: BlobServer.key) ?? Data())
        return Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64EncodedString()
    }
}
