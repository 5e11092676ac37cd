// SPDX-License-Identifier: Apache-2.0

/// Width and height of a picture in pixels; encodes as an array of two integers.
public struct PixelSize: Codable, Hashable, Sendable {
    /// Pixels in a row.
    public var width: Int
    /// Rows.
    public var height: Int

    /// A size in pixels.
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

extension PixelSize {
    /// Throws for a size that would end a real server.
    func refuseIfTooSmall() throws(BraynsError) {
        guard width < Self.smallestSide || height < Self.smallestSide else { return }
        throw BraynsError(
            .badArgument,
            "A picture of \(width)x\(height) would end a Brayns server: ask for at least 64x64 and shrink it.")
    }
}
