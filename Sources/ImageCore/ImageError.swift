// SPDX-License-Identifier: Apache-2.0

/// Why pictures could not be worked on together.
public struct ImageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// Two pictures that must have the same extent do not.
        case sizeMismatch
    }

    public var code: Code
    /// One sentence: what is wrong and what to do.
    public var message: String

    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    public var description: String { message }
}
