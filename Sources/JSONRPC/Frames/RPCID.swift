// SPDX-License-Identifier: Apache-2.0

/// What a request is known by; the answer carries the same.
public enum RPCID: Hashable, Sendable {
    case int(Int64)
    case string(String)

    /// The id as it stands in a message.
    public var json: JSONValue {
        switch self {
        case .int(let value): .int(value)
        case .string(let text): .string(text)
        }
    }

    /// The id that a message holds, or `nil` when the value is neither a 64-bit integer nor a string.
    public init?(_ json: JSONValue) {
        switch json {
        case .int(let value): self = .int(value)
        case .string(let text): self = .string(text)
        default: return nil
        }
    }
}

extension RPCID: CustomStringConvertible {
    public var description: String {
        switch self {
        case .int(let value): String(value)
        case .string(let text): text
        }
    }
}
