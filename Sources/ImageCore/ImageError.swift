// SPDX-License-Identifier: Apache-2.0

/// Why pictures could not be worked on.
public struct ImageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// Two pictures that must have the same extent do not.
        case sizeMismatch
        /// A picture's samples are not of the kind that is asked for.
        case formatMismatch
        /// A number lies outside what it may be.
        case badSetting
    }

    public var code: Code
    /// One sentence: what is wrong and what to do.
    public var message: String

    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    public var description: String { message }
}
