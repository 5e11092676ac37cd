// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Scene

/// One picture of the prepared scene.
public struct FrameRequest: Sendable, Hashable {
    public var view: View
    public var projection: Projection
    /// Pixels; any size from 1x1: a renderer that cannot draw so small draws larger and says so in the frame's size.
    public var width: Int
    public var height: Int
    public var renderer: RendererSettings
    /// The lights of this frame besides those the files brought; replaces those of the frame before.
    public var lights: [Light]
    /// Distance below which nothing is drawn, in scene units; the backend's own when `nil`.
    public var nearClip: Double?
    public var simulationFrame: Int?
    /// Whether develop steps need float planes; a backend without them sends 8 bits all the same.
    public var wantsPlanes = false
    /// Whether 8 bits will not do: a backend that cannot send float planes throws.
    public var needsPlanes = false
    /// Planes besides colour that are to come with it. Extra ones may be missing, which a real Brayns does not know.
    public var channels: Set<FloatPlanes.Channel> = []
    /// Samples a pixel of the fine planes, those of the colour among them; the backend's own number when `nil`.
    public var guideSamples: Int?
    /// Time for this frame, `nil` for no limit.
    public var timeout: Duration?

    public init(
        view: View, projection: Projection, width: Int, height: Int, renderer: RendererSettings, lights: [Light] = []
    ) {
        (self.view, self.projection, self.width, self.height) = (view, projection, width, height)
        (self.renderer, self.lights) = (renderer, lights)
    }
}

/// What a renderer sent for one frame.
public struct RenderedFrame: Sendable {
    /// The forms a picture comes in.
    public enum Pixels: Sendable {
        /// An encoded 8-bit picture, PNG or JPEG, exactly as the backend sent it.
        case encoded([UInt8])
        /// Float planes of the extension method.
        case planes(FloatPlanes)
        /// An OpenEXR file of linear planes, as a real Brayns exports it.
        case buffers([UInt8])
    }

    public var pixels: Pixels
    /// The method that drew it: `snapshot`, `render-image` or the extension.
    public var method: String
    /// Time spent on each stage: "request", "render", "transfer" ….
    public var stageSeconds: [String: Double]
    /// Sentences on how the picture differs from what was asked for, such as a size that was too small to draw.
    public var notes: [String] = []

    public init(pixels: Pixels, method: String, stageSeconds: [String: Double] = [:]) {
        (self.pixels, self.method, self.stageSeconds) = (pixels, method, stageSeconds)
    }
}
