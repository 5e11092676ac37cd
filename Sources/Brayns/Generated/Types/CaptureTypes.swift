// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import JSONRPC
import Scene

/// A camera or renderer by name with its parameters, as `snapshot` takes them.
public struct NamedParameters: Codable, Hashable, Sendable {
    /// The name: `perspective`, `interactive` …
    public var name: String?
    /// What `set-camera-NAME` or `set-renderer-NAME` takes.
    public var params: JSONValue?

    /// Takes every value; what is `nil` is left out of the message.
    public init(name: String? = nil, params: JSONValue? = nil) {
        self.name = name
        self.params = params
    }
}

/// Texts that the server writes into a picture as XMP.
public struct PictureMetadata: Codable, Hashable, Sendable {
    /// The picture's title.
    public var title: String
    /// What is to be seen.
    public var description: String
    /// What the picture was made for.
    public var whereUsed: String
    /// Words to find it by.
    public var keywords: [String]

    /// Takes every value.
    public init(title: String, description: String, whereUsed: String, keywords: [String]) {
        self.title = title
        self.description = description
        self.whereUsed = whereUsed
        self.keywords = keywords
    }

    enum CodingKeys: String, CodingKey {
        case title
        case description
        case whereUsed = "where_used"
        case keywords
    }
}

extension SnapshotRequest {
    /// How the picture is encoded, and its size.
    public struct ImageSettings: Codable, Hashable, Sendable {
        /// PNG or JPEG; where the server writes a file, its extension decides. The server's default is `png`.
        public var format: PictureFormat?
        /// JPEG quality, 0 to 100. The server's default is 100.
        public var quality: Int?
        /// Width and height in pixels; less than 64 by 64 ends a real server.
        public var size: PixelSize?

        /// Takes every value; what is `nil` is left out of the message.
        public init(format: PictureFormat? = nil, quality: Int? = nil, size: PixelSize? = nil) {
            self.format = format
            self.quality = quality
            self.size = size
        }
    }
}

/// The parameters of `snapshot`; what is `nil` is taken from the server's shared state.
public struct SnapshotRequest: Codable, Hashable, Sendable {
    /// Encoding and size.
    public var imageSettings: SnapshotRequest.ImageSettings?
    /// A file that the server writes on its own machine instead of sending the picture.
    public var filePath: String?
    /// How the picture is projected.
    public var camera: NamedParameters?
    /// Where the camera stands.
    public var cameraView: View?
    /// Distance below which nothing is drawn, in scene units.
    public var cameraNearClip: Double?
    /// The fraction of the picture plane at the upper left corner; (0, 1) for all of it.
    public var imageStart: SIMD2<Double>?
    /// The fraction of the picture plane at the lower right corner; (1, 0) for all of it.
    public var imageEnd: SIMD2<Double>?
    /// What draws.
    public var renderer: NamedParameters?
    /// The frame to draw; the server goes on showing it afterwards.
    public var simulationFrame: Int?
    /// Texts for the picture.
    public var metadata: PictureMetadata?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        imageSettings: SnapshotRequest.ImageSettings? = nil, filePath: String? = nil, camera: NamedParameters? = nil,
        cameraView: View? = nil, cameraNearClip: Double? = nil, imageStart: SIMD2<Double>? = nil,
        imageEnd: SIMD2<Double>? = nil, renderer: NamedParameters? = nil, simulationFrame: Int? = nil,
        metadata: PictureMetadata? = nil
    ) {
        self.imageSettings = imageSettings
        self.filePath = filePath
        self.camera = camera
        self.cameraView = cameraView
        self.cameraNearClip = cameraNearClip
        self.imageStart = imageStart
        self.imageEnd = imageEnd
        self.renderer = renderer
        self.simulationFrame = simulationFrame
        self.metadata = metadata
    }

    enum CodingKeys: String, CodingKey {
        case imageSettings = "image_settings"
        case filePath = "file_path"
        case camera
        case cameraView = "camera_view"
        case cameraNearClip = "camera_near_clip"
        case imageStart = "image_start"
        case imageEnd = "image_end"
        case renderer
        case simulationFrame = "simulation_frame"
        case metadata
    }
}

extension SnapshotReply {
    /// Where a picture lies in a payload.
    public struct ColorBuffer: Codable, Hashable, Sendable {
        /// Its first byte.
        public var offset: Int
        /// Its length in bytes; 0 when the server has written a file.
        public var size: Int

        /// Takes every value.
        public init(offset: Int, size: Int) {
            self.offset = offset
            self.size = size
        }
    }
}

/// What `snapshot` answers; the payload holds the picture.
public struct SnapshotReply: Codable, Hashable, Sendable {
    /// Where it lies.
    public var colorBuffer: SnapshotReply.ColorBuffer

    /// Takes every value.
    public init(colorBuffer: SnapshotReply.ColorBuffer) {
        self.colorBuffer = colorBuffer
    }

    enum CodingKeys: String, CodingKey {
        case colorBuffer = "color_buffer"
    }
}

/// The parameters of `export-gbuffers` and of `render-planes`.
public struct BufferRequest: Codable, Hashable, Sendable {
    /// The channels, at least one.
    public var channels: [BufferChannel]
    /// Width and height in pixels; less than 64 by 64 ends a real server.
    public var resolution: PixelSize?
    /// A file that the server writes on its own machine instead of sending it.
    public var filePath: String?
    /// How the picture is projected.
    public var camera: NamedParameters?
    /// Where the camera stands.
    public var cameraView: View?
    /// Distance below which nothing is drawn, in scene units.
    public var cameraNearClip: Double?
    /// The fraction of the picture plane at the upper left corner; (0, 1) for all of it.
    public var imageStart: SIMD2<Double>?
    /// The fraction of the picture plane at the lower right corner; (1, 0) for all of it.
    public var imageEnd: SIMD2<Double>?
    /// What draws.
    public var renderer: NamedParameters?
    /// The frame to draw; the server goes on showing it afterwards.
    public var simulationFrame: Int?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        channels: [BufferChannel], resolution: PixelSize? = nil, filePath: String? = nil,
        camera: NamedParameters? = nil, cameraView: View? = nil, cameraNearClip: Double? = nil,
        imageStart: SIMD2<Double>? = nil, imageEnd: SIMD2<Double>? = nil, renderer: NamedParameters? = nil,
        simulationFrame: Int? = nil
    ) {
        self.channels = channels
        self.resolution = resolution
        self.filePath = filePath
        self.camera = camera
        self.cameraView = cameraView
        self.cameraNearClip = cameraNearClip
        self.imageStart = imageStart
        self.imageEnd = imageEnd
        self.renderer = renderer
        self.simulationFrame = simulationFrame
    }

    enum CodingKeys: String, CodingKey {
        case channels
        case resolution
        case filePath = "file_path"
        case camera
        case cameraView = "camera_view"
        case cameraNearClip = "camera_near_clip"
        case imageStart = "image_start"
        case imageEnd = "image_end"
        case renderer
        case simulationFrame = "simulation_frame"
    }
}
