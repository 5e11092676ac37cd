// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// Signs each request with a key of the storage account.
///
/// The text that is signed is laid out as "Authorize with Shared Key" of the service's documentation says.
struct SharedKeyAuthorization: RequestAuthorizer {
    private static let standardHeaders: [HTTPField.Name] = [
        .contentEncoding, .contentLanguage, .contentLength, HTTPField.Name("Content-MD5")!, .contentType, .date,
        .ifModifiedSince, .ifMatch, .ifNoneMatch, .ifUnmodifiedSince, .range,
    ]

    private let account: String
    private let key: Secret

    init(account: String, key: Secret) throws(ServiceError) {
        (self.account, self.key) = (account, key)
        try StorageSignature.check(key)
    }

    func authorize(_ request: inout HTTPRequest, body: RequestBody) throws {
        let signature = try StorageSignature.sign(stringToSign(of: request), with: key)
        request.headerFields[.authorization] = "SharedKey \(account):\(signature)"
    }

    func renew(after request: HTTPRequest) -> Bool { false }

    func stringToSign(of request: HTTPRequest) -> String {
        let headers = request.headerFields
        var lines = [request.method.rawValue]
        lines += Self.standardHeaders.map { name in
            let value = headers[name] ?? ""
            return name == .contentLength && value == "0" ? "" : value
        }
        lines += headers.filter { $0.name.canonicalName.hasPrefix("x-ms-") }
            .sorted { $0.name.canonicalName < $1.name.canonicalName }
            .map { "\($0.name.canonicalName):\($0.value.trimmingCharacters(in: .whitespaces))" }
        return (lines + [resource(of: request.path ?? "/")]).joined(separator: "\n")
    }

    /// The account, the path as it is sent, and the parameters decoded and sorted.
    private func resource(of target: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var values: [String: [String]] = [:]
        for item in parts.dropFirst().joined().split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = (PercentEncoding.decode(pair[0]) ?? String(pair[0])).lowercased()
            values[name, default: []].append(pair.count > 1 ? PercentEncoding.decode(pair[1]) ?? "" : "")
        }
        let lines = values.sorted { $0.key < $1.key }.map { "\n\($0.key):\($0.value.sorted().joined(separator: ","))" }
        return "/\(account)\(parts[0])\(lines.joined())"
    }
}
