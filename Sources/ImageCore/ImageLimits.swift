// SPDX-License-Identifier: Apache-2.0

/// How large a picture may be before it is refused, ahead of any allocation.
public struct ImageLimits: Hashable, Sendable {
    /// Width times height.
    public var pixels: Int
    /// Width, and height.
    public var extent: Int
    /// Bytes of decoded pixels.
    public var bytes: Int

    /// Limits; the defaults admit a 16K frame in float.
    public init(pixels: Int = 1 << 28, extent: Int = 1 << 20, bytes: Int = 1 << 32) {
        self.pixels = pixels
        self.extent = extent
        self.bytes = bytes
    }

    /// The limits that hold where nobody says otherwise.
    public static let standard = ImageLimits()
}
