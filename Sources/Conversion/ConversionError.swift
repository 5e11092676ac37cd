// SPDX-License-Identifier: Apache-2.0

/// Why an asset could not be converted.
public struct ConversionError: Error, Sendable, CustomStringConvertible {
    /// The kinds of trouble a conversion can have.
    public enum Code: String, Sendable, Hashable {
        /// Not a format that is converted.
        case unsupportedFormat
        /// The asset cannot be read.
        case unreadable
        /// The asset's settings cannot be read, or hold what is not known.
        case badSettings
        /// Too large for what was made of it.
        case limits
        /// What was made cannot be put in its place.
        case unwritable
    }

    public var code: Code
    /// One sentence: what, where, what to do.
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        (self.code, self.message, self.underlying) = (code, message, underlying)
    }

    public var description: String { message }
}
