// SPDX-License-Identifier: Apache-2.0

/// The server's settings that concern all its clients.
public struct ApplicationParameters: Codable, Hashable, Sendable {
    /// Plugins that the server has loaded, as named on its command line.
    public var plugins: [String]
    /// Width and height in pixels of what `render-image` draws.
    public var viewport: PixelSize?
}

/// Width and height of a picture in pixels; encodes as an array of two integers.
public struct PixelSize: Codable, Hashable, Sendable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

    /// The least width and height that a real Brayns survives: less ends its process.
    public static let smallestSide = 64

    /// 1920 by 1080.
    public static let fullHD = PixelSize(width: 1920, height: 1080)

    public init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        (width, height) = (try list.decode(Int.self), try list.decode(Int.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(width)
        try list.encode(height)
    }

    /// The smallest whole multiple of this size with both sides at least `smallestSide`, so at the same aspect.
    public var enlargedToSmallestSide: PixelSize {
        let side = Swift.max(1, Swift.min(width, height))
        let factor = (Self.smallestSide + side - 1) / side
        return factor <= 1 ? self : PixelSize(width: width * factor, height: height * factor)
    }
}
