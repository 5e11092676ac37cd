// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import Jobs
import Scene

/// What is drawn of a scene, and what becomes of the picture: the way of every item.
struct BenchItem: Sendable {
    var scene: BenchScene
    /// The model's file.
    var path: String

    var request: SceneRequest { SceneRequest(models: [SceneRequest.Model(path: path)]) }

    /// The picture from direction `index` of `count` around the model.
    func frame(_ bounds: Bounds, index: Int = 0, of count: Int = 1) -> FrameRequest {
        let turn = Turntable(views: max(1, count), axis: .plusZ)
        let framing = Framing.fit(
            bounds: bounds, direction: turn.direction(index), up: turn.upVector(index), projection: .perspective(),
            aspect: Double(scene.width) / Double(scene.height), margin: 0.05)
        var settings = RendererSettings(samplesPerPixel: scene.samples)
        settings.background = SIMD4(0, 0, 0, 0)
        var frame = FrameRequest(
            view: framing.view, projection: framing.projection, width: scene.width, height: scene.height,
            renderer: settings, lights: LightRig.cameraTied(view: framing.view, bounds: bounds))
        frame.nearClip = framing.nearClip
        return frame
    }

    /// The picture that a renderer sent, undone from its encoding.
    static func decode(_ frame: RenderedFrame) throws -> PixelBuffer {
        switch frame.pixels {
        case .encoded(let bytes): try ImageDecoder.decode(bytes)
        case .planes(let planes):
            PixelBuffer(width: planes.width, height: planes.height, format: .linearRGBA, floats: planes.color)
                .converted(to: .rgba8)
        case .buffers(let bytes):
            try decode(
                RenderedFrame(pixels: .planes(FloatPlanes(exr: bytes, limits: .standard)), method: frame.method))
        }
    }

    /// Half the extent, resampled in linear light: a develop step that every thumbnail has.
    static func develop(_ picture: borrowing PixelBuffer) -> PixelBuffer {
        picture.resized(width: max(1, picture.width / 2), height: max(1, picture.height / 2))
    }

    static func encode(_ picture: borrowing PixelBuffer) throws -> [UInt8] {
        try PNGEncoder(compression: .fast).encode(picture)
    }
}
