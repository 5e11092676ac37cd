// SPDX-License-Identifier: Apache-2.0
import HTTPTypes

extension Redaction {
    /// A text of unknown origin with everything blanked out that looks like a secret: signatures, keys, tokens.
    public static func text(_ text: String) -> String {
        var text = text
        text.replace(
            /(?i)\b(sig|se|st|sks|skoid|signature|code|[a-z_\-]*(?:token|secret|password|passwd|key|assertion|sas))=[^&\s"'<>;,)]+/
        ) { "\($0.1)=\(Secret.mask)" }
        text.replace(
            /(?i)(["'][a-z_]*(?:token|secret|password|key|sas|signature|assertion)["']\s*:\s*)(?:"[^"]*"|'[^']*')/
        ) { "\($0.1)\"\(Secret.mask)\"" }
        text.replace(/(?i)\b(bearer|sharedkey|basic)\s+[A-Za-z0-9._~+\/=:\-]{16,}/) { "\($0.1) \(Secret.mask)" }
        text.replace(/\beyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)*/, with: Secret.mask)
        return text
    }

    /// The same, with the secrets of one request blanked out wherever the answer repeats them.
    func text(_ text: String, without secrets: [String]) -> String {
        // Longest first: a key that starts like another must not leave its end behind.
        Self.text(
            secrets.filter { $0.utf8.count >= 4 }.sorted { $0.utf8.count > $1.utf8.count }
                .reduce(text) { $0.replacing($1, with: Secret.mask) })
    }

    /// What of a request must not be repeated: its proof, its unlisted parameters, its secret members.
    func secrets(of request: HTTPRequest, _ call: ServiceRequest) -> [String] {
        var found = call.secrets.flatMap { secret in [secret.reveal(), PercentEncoding.segment(secret.reveal())] }
        for field in request.headerFields where !headers.contains(field.name.canonicalName) {
            found.append(field.value)
            guard field.name == .authorization else { continue }
            let proof = field.value.drop { $0 != " " }.dropFirst()
            found.append(String(proof))
            // AWS' proofs name the key before its scope, and end in the signature.
            for part in proof.split(whereSeparator: { $0 == "," || $0 == " " }) {
                guard let equals = part.firstIndex(of: "=") else { continue }
                found.append(String(part[part.index(after: equals)...].prefix { $0 != "/" }))
            }
            // An account and its key: the key alone is a secret too.
            if let colon = proof.firstIndex(of: ":") { found.append(String(proof[proof.index(after: colon)...])) }
        }
        for item in (request.path ?? "").drop(while: { $0 != "?" }).dropFirst().split(separator: "&") {
            let name = item.prefix { $0 != "=" }
            guard !parameters.contains(String(name)) else { continue }
            let value = item.dropFirst(name.count + 1)
            found.append(String(value))
            if let decoded = PercentEncoding.decode(value) { found.append(decoded) }
        }
        return found.filter { !["application/json", "close", "keep-alive"].contains($0) }
    }
}
