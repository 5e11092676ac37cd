// SPDX-License-Identifier: Apache-2.0

/// The parameters of `render-image`; what is `nil` has the server's default.
///
/// `accumulate: true` renders the frame again and again until as many accumulations as the renderer has samples per
/// pixel, so samples squared; `false` renders one frame with the pixels of a snapshot.
public struct RenderImageRequest: Codable, Hashable, Sendable {
    public var accumulate: Bool?
    /// Send the picture even when nothing changed since it was last sent; not together with `send: false`.
    public var force: Bool?
    public var format: PictureFormat?
    /// 0…100.
    public var jpegQuality: Int?
    /// Whether to render; `false` with `force` downloads what was rendered before.
    public var render: Bool?
    /// Whether to send the picture.
    public var send: Bool?

    public init(
        accumulate: Bool? = nil, force: Bool? = nil, format: PictureFormat? = nil, jpegQuality: Int? = nil,
        render: Bool? = nil, send: Bool? = nil
    ) {
        (self.accumulate, self.force, self.format) = (accumulate, force, format)
        (self.jpegQuality, self.render, self.send) = (jpegQuality, render, send)
    }

    enum CodingKeys: String, CodingKey {
        case accumulate, force, format, render, send
        case jpegQuality = "jpeg_quality"
    }
}

/// A picture of `render-image`.
public struct RenderedImage: Hashable, Sendable {
    /// Accumulations that the picture holds, and how many make it complete.
    public var accumulation: Int
    public var maxAccumulation: Int
    /// The encoded picture; empty when the server had nothing new to send.
    public var data: [UInt8]
}

/// The result part of `render-image`.
struct RenderImageReply: Codable, Hashable, Sendable {
    var accumulation: Int
    var maxAccumulation: Int

    enum CodingKeys: String, CodingKey {
        case accumulation
        case maxAccumulation = "max_accumulation"
    }
}
