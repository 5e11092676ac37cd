// SPDX-License-Identifier: Apache-2.0

/// One text entry of a PNG.
public struct PNGText: Sendable, Hashable {
    /// 1…79 Latin-1 characters.
    public var keyword: String
    public var text: String

    public init(keyword: String, text: String) { (self.keyword, self.text) = (keyword, text) }

    /// Reads the text chunks of a PNG (tEXt, zTXt, iTXt) without decoding pixels.
    ///
    /// - Throws: `CodecError` when the bytes are no PNG, or a chunk is broken or beyond the limits.
    public static func read(from png: [UInt8]) throws(CodecError) -> [PNGText] {
        throw CodecError(.unsupported, "Not there yet.")
    }
}
