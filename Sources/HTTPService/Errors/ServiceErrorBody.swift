// SPDX-License-Identifier: Apache-2.0

/// What a service says went wrong, in the shape that Azure and many others use; it holds itself.
public struct ServiceErrorBody: Codable, Sendable, Hashable {
    /// A short name such as `Conflict`; services publish no complete list.
    public var code: String
    public var message: String
    /// What of the request is to blame, such as a member's name.
    public var target: String?
    public var details: [ServiceErrorBody]
    // A struct cannot hold itself; an array of none or one can.
    private var inner: [ServiceErrorBody]

    public init(
        code: String, message: String, target: String? = nil, details: [ServiceErrorBody] = [],
        innerError: ServiceErrorBody? = nil
    ) {
        (self.code, self.message, self.target, self.details) = (code, message, target, details)
        inner = innerError.map { [$0] } ?? []
    }

    /// The cause that the service found below this error.
    public var innerError: ServiceErrorBody? {
        get { inner.first }
        set { inner = newValue.map { [$0] } ?? [] }
    }

    private enum CodingKeys: String, CodingKey { case code, message, target, details, innerError, innererror }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        // Inner errors of real services leave members out; what is there is worth more than the rule.
        code = try values.decodeIfPresent(String.self, forKey: .code) ?? ""
        message = try values.decodeIfPresent(String.self, forKey: .message) ?? ""
        target = try values.decodeIfPresent(String.self, forKey: .target)
        details = (try? values.decodeIfPresent([ServiceErrorBody].self, forKey: .details)) ?? []
        let inner =
            (try? values.decodeIfPresent(ServiceErrorBody.self, forKey: .innerError))
            ?? (try? values.decodeIfPresent(ServiceErrorBody.self, forKey: .innererror))
        self.inner = inner.map { [$0] } ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(code, forKey: .code)
        try values.encode(message, forKey: .message)
        try values.encodeIfPresent(target, forKey: .target)
        if !details.isEmpty { try values.encode(details, forKey: .details) }
        try values.encodeIfPresent(innerError, forKey: .innerError)
    }

    /// Everything it says in one line: code, message, target, details, inner errors.
    public var summary: String {
        var text = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        if let target, !target.isEmpty { text += " (at \(target))" }
        let below = (details + inner).map(\.summary).filter { !$0.isEmpty }
        if !below.isEmpty { text += " [" + below.joined(separator: "; ") + "]" }
        return text
    }

    /// The same error with everything blanked out that looks like a secret: some services repeat what they were sent.
    public var redacted: ServiceErrorBody { mapTexts(Redaction.text) }

    /// The same error with every text passed through a function.
    func mapTexts(_ change: (String) -> String) -> ServiceErrorBody {
        ServiceErrorBody(
            code: change(code), message: change(message), target: target.map(change),
            details: details.map { $0.mapTexts(change) }, innerError: innerError.map { $0.mapTexts(change) })
    }
}

/// The object that a service wraps its error in.
public struct ServiceErrorEnvelope: Codable, Sendable, Hashable {
    public var error: ServiceErrorBody

    public init(_ error: ServiceErrorBody) { self.error = error }
}
