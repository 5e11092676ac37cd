// SPDX-License-Identifier: Apache-2.0

/// Why a text is not JSON.
public struct JSONParseError: Error, Sendable, Hashable {
    /// What kind of mistake it was.
    public enum Code: Sendable, Hashable {
        /// The text broke off.
        case unexpectedEnd
        /// A byte stood where it must not.
        case unexpectedByte
        /// Something followed the value.
        case excessCharacters
        /// Arrays and objects were nested deeper than `JSONValue.maximumDepth`.
        case tooDeep
        /// A string was not UTF-8, or an escape in it named no character.
        case invalidText
        /// The text was well formed but held no array and no object where a document needs one.
        case notADocument
    }

    public var code: Code

    /// What is wrong, in the words of Brayns where Brayns has words for it.
    public var message: String

    /// Where it was found, in bytes from the start.
    public var offset: Int

    package init(_ code: Code, _ message: String, at offset: Int) {
        self.code = code
        self.message = message
        self.offset = offset
    }
}
