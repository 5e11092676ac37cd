// SPDX-License-Identifier: Apache-2.0
import Scene

/// A request for a picture with settings of its own: a snapshot or an export of buffers.
///
/// What is `nil` is taken from the server's shared state.
public protocol PictureRequest: Codable, Hashable, Sendable {
    /// How the picture is projected.
    var camera: NamedParameters? { get set }
    /// Where the camera stands.
    var cameraView: View? { get set }
    /// Distance below which nothing is drawn, in scene units.
    var cameraNearClip: Double? { get set }
    /// The fraction of the picture plane at the upper left corner.
    var imageStart: SIMD2<Double>? { get set }
    /// The fraction of the picture plane at the lower right corner.
    var imageEnd: SIMD2<Double>? { get set }
    /// What draws.
    var renderer: NamedParameters? { get set }
    /// The frame of the simulation to draw.
    var simulationFrame: Int? { get set }
    /// A file that the server writes on its own machine instead of sending it.
    var filePath: String? { get set }
    /// Width and height in pixels.
    var pixelSize: PixelSize? { get }
}

extension PictureRequest {
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
}

extension SnapshotRequest: PictureRequest {
    public var pixelSize: PixelSize? { imageSettings?.size }
}

extension BufferRequest: PictureRequest {
    public var pixelSize: PixelSize? { resolution }
}
