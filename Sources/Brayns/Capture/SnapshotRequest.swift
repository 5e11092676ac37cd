// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The picture formats that Brayns writes.
public enum PictureFormat: String, Codable, Hashable, Sendable, CaseIterable {
    /// RGBA, 8 bit.
    case png
    /// RGB, 8 bit.
    case jpg

    /// The format that a file name's extension asks for: `.png`, `.jpg` or `.jpeg` in any case.
    public init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpg
        default: return nil
        }
    }
}

/// Texts that the server writes into a picture as XMP.
public struct PictureMetadata: Codable, Hashable, Sendable {
    public var title: String
    public var description: String
    /// What the picture was made for.
    public var whereUsed: String
    public var keywords: [String]

    public init(title: String, description: String, whereUsed: String, keywords: [String]) {
        (self.title, self.description, self.whereUsed, self.keywords) = (title, description, whereUsed, keywords)
    }

    enum CodingKeys: String, CodingKey {
        case title, description, keywords
        case whereUsed = "where_used"
    }
}

/// The parameters of `snapshot`; what is `nil` is taken from the server's shared state.
public struct SnapshotRequest: Codable, Hashable, Sendable {
    /// How the picture is encoded, and its size.
    public struct ImageSettings: Codable, Hashable, Sendable {
        public var format: PictureFormat?
        /// JPEG quality 0…100.
        public var quality: Int?
        /// At least 64 by 64: less ends a real server.
        public var size: PixelSize?

        public init(format: PictureFormat? = nil, quality: Int? = nil, size: PixelSize? = nil) {
            (self.format, self.quality, self.size) = (format, quality, size)
        }
    }

    public var imageSettings: ImageSettings?
    /// A file that the server writes on its own machine instead of sending the picture.
    public var filePath: String?
    public var camera: NamedParameters?
    public var cameraView: View?
    public var cameraNearClip: Double?
    public var imageStart: SIMD2<Double>?
    public var imageEnd: SIMD2<Double>?
    public var renderer: NamedParameters?
    public var simulationFrame: Int?
    public var metadata: PictureMetadata?

    public init(imageSettings: ImageSettings? = nil) { self.imageSettings = imageSettings }

    /// Takes camera, view, near clip and region from a camera.
    public mutating func use(_ camera: Camera) {
        self.camera = NamedParameters(name: camera.projection.braynsName, params: camera.projection.braynsParameters)
        (cameraView, cameraNearClip) = (camera.view, camera.nearClip)
        (imageStart, imageEnd) = (camera.region.start, camera.region.end)
    }

    /// Takes the renderer and its parameters from settings.
    public mutating func use(_ settings: RendererSettings) {
        renderer = NamedParameters(name: settings.braynsName, params: settings.braynsParameters)
    }

    enum CodingKeys: String, CodingKey {
        case camera, renderer, metadata
        case imageSettings = "image_settings"
        case filePath = "file_path"
        case cameraView = "camera_view"
        case cameraNearClip = "camera_near_clip"
        case imageStart = "image_start"
        case imageEnd = "image_end"
        case simulationFrame = "simulation_frame"
    }
}

/// What `snapshot` answers: where the picture lies in the reply's payload.
struct SnapshotReply: Codable, Hashable, Sendable {
    struct Buffer: Codable, Hashable, Sendable {
        var offset: Int
        var size: Int
    }

    var colorBuffer: Buffer

    enum CodingKeys: String, CodingKey {
        case colorBuffer = "color_buffer"
    }
}
