// SPDX-License-Identifier: Apache-2.0

/// What a picture file says of itself.
public struct ImageHeader: Sendable, Hashable {
    public var format: ImageFormat
    /// Columns, after a JPEG's orientation is applied.
    public var width: Int
    /// Rows, after a JPEG's orientation is applied.
    public var height: Int
    /// Channels of the file: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha (a palette counts as colour).
    public var channels: Int
    /// Bits of a sample as stored.
    public var bitDepth: Int

    public init(format: ImageFormat, width: Int, height: Int, channels: Int, bitDepth: Int) {
        (self.format, self.width, self.height) = (format, width, height)
        (self.channels, self.bitDepth) = (channels, bitDepth)
    }
}
