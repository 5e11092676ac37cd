// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import JSONRPC
import Scene

/// The parameters of `render-image`; what is `nil` has the server's default.
public struct RenderImageRequest: Codable, Hashable, Sendable {
    /// Whether to go on until the picture is complete, which is samples squared; `false` renders one frame, with a
    /// snapshot's pixels. The server's default is `false`.
    public var accumulate: Bool?
    /// Whether to send the picture even when nothing changed since it was last sent; not together with `send: false`.
    /// The server's default is `false`.
    public var force: Bool?
    /// PNG or JPEG. The server's default is `jpg`.
    public var format: PictureFormat?
    /// JPEG quality. From 0 to 100. The server's default is 100.
    public var jpegQuality: Int?
    /// Whether to render; `false` with `force` downloads what was rendered before. The server's default is `true`.
    public var render: Bool?
    /// Whether to send the picture. The server's default is `true`.
    public var send: Bool?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        accumulate: Bool? = nil, force: Bool? = nil, format: PictureFormat? = nil, jpegQuality: Int? = nil,
        render: Bool? = nil, send: Bool? = nil
    ) {
        self.accumulate = accumulate
        self.force = force
        self.format = format
        self.jpegQuality = jpegQuality
        self.render = render
        self.send = send
    }

    enum CodingKeys: String, CodingKey {
        case accumulate
        case force
        case format
        case jpegQuality = "jpeg_quality"
        case render
        case send
    }
}

/// What `render-image` answers; the payload holds the picture, if any.
public struct RenderImageReply: Codable, Hashable, Sendable {
    /// Accumulations that the picture holds.
    public var accumulation: Int
    /// How many make it complete.
    public var maxAccumulation: Int

    /// Takes every value.
    public init(accumulation: Int, maxAccumulation: Int) {
        self.accumulation = accumulation
        self.maxAccumulation = maxAccumulation
    }

    enum CodingKeys: String, CodingKey {
        case accumulation
        case maxAccumulation = "max_accumulation"
    }
}

/// The parameters of `set-framebuffer-progressive`.
public struct ProgressiveFramebuffer: Codable, Hashable, Sendable {
    /// What the size of first passes is divided by. At least 1. The server's default is 4.
    public var scale: Int?

    /// Takes every value; what is `nil` is left out of the message.
    public init(scale: Int? = nil) {
        self.scale = scale
    }
}

/// The parameters of `inspect`.
public struct PickRequest: Codable, Hashable, Sendable {
    /// Fractions of the picture's width and height, y up.
    public var position: SIMD2<Double>

    /// Takes every value.
    public init(position: SIMD2<Double>) {
        self.position = position
    }
}

/// What lies at a point of the picture.
public struct PickResult: Codable, Hashable, Sendable {
    /// Whether anything lies there; the other members mean nothing otherwise.
    public var hit: Bool
    /// The model; 0 is a valid id.
    public var modelID: Int
    /// The point that was hit, in scene units.
    public var position: Vector3
    /// What the model's kind tells of the spot.
    public var metadata: JSONValue

    /// Takes every value.
    public init(hit: Bool, modelID: Int, position: Vector3, metadata: JSONValue) {
        self.hit = hit
        self.modelID = modelID
        self.position = position
        self.metadata = metadata
    }

    enum CodingKeys: String, CodingKey {
        case hit
        case modelID = "model_id"
        case position
        case metadata
    }
}
