// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Writes JPEG files.
public struct JPEGEncoder: Sendable, Hashable {
    /// 1…100; values outside are moved to the nearest end.
    public var quality: Int

    public init(quality: Int = 90) { self.quality = min(100, max(1, quality)) }

    /// Encodes a picture without alpha (flatten first).
    ///
    /// - Throws: `CodecError` with code `.encoding` for a picture with alpha or beyond 65535 pixels a side.
    public func encode(_ image: borrowing PixelBuffer) throws(CodecError) -> [UInt8] {
        throw CodecError(.encoding, "Not there yet.")
    }
}
