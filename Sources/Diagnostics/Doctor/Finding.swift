// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// One thing a doctor looked at.
public struct Finding: Sendable, Hashable {
    /// How it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// As it should be.
        case good
        /// Work goes on without it; some feature is lacking.
        case lacking
        /// Nothing will work until it is mended.
        case broken
    }

    /// What was looked at, such as `kernels` or `ffmpeg`.
    public var name: String
    public var state: State
    /// What was found.
    public var detail: String
    /// What to do about it; empty when nothing is to be done.
    public var advice: String
    /// Figures for programs, where there are any.
    public var facts: [String: JSONValue]

    public init(
        _ name: String, _ state: State, _ detail: String, advice: String = "", facts: [String: JSONValue] = [:]
    ) {
        (self.name, self.state, self.detail, self.advice, self.facts) = (name, state, detail, advice, facts)
    }

    /// The finding as a JSON object.
    public var json: JSONValue {
        var members = facts
        members["name"] = .string(name)
        members["state"] = .string(state.rawValue)
        members["detail"] = .string(detail)
        if !advice.isEmpty { members["advice"] = .string(advice) }
        return .object(members)
    }
}
