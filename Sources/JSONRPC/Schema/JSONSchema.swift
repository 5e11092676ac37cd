// SPDX-License-Identifier: Apache-2.0

/// The part of JSON Schema that Brayns uses, with its wording of breaches.
///
/// Known are `type`, `properties`, `required`, `additionalProperties`, `items`, `minItems`, `maxItems`,
/// `minimum`, `maximum`, `enum`, `oneOf` and `readOnly`; anything else is description. A value is checked as what
/// a client sends: a read-only member must not be there, even where the schema requires it of the server.
public struct JSONSchema: Sendable {
    /// The schema as it stands in a `schema` reply.
    public let json: JSONValue

    /// Takes a schema; what is not understood in it is not checked.
    public init(_ json: JSONValue) { self.json = json }

    /// Every breach as "path: reason", the path left out at the root; empty when the value fits.
    ///
    /// - Parameter value: `nil` counts as `null`.
    public func validate(_ value: JSONValue?) -> [String] {
        var check = SchemaCheck()
        check.validate(value ?? .null, against: json, at: "")
        return check.breaches
    }
}
