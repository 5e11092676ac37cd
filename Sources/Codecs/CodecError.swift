// SPDX-License-Identifier: Apache-2.0

/// Why bytes could not be read as a picture, or a picture not written.
public struct CodecError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Hashable {
        /// The bytes end before the picture does.
        case truncated
        /// The bytes are no picture of a known format.
        case notAnImage
        /// A valid picture of a kind that is not read or written here.
        case unsupported
        /// The picture is larger than the limits allow.
        case limits
        /// The bytes contradict their format.
        case corrupt
        /// The picture could not be encoded.
        case encoding
    }

    public var code: Code
    /// One sentence: what is wrong and what to do.
    public var message: String

    public init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    public var description: String { message }
}
