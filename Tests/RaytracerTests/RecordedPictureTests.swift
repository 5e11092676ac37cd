// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Raytracer
import Scene
import TestFixtures
import Testing

/// Pictures that a real Brayns 3.10.1 drew of its cube, against ours of the same scene.
@Suite struct RecordedPictureTests {
    struct Recording: Sendable, CustomTestStringConvertible {
        var folder: String
        var width = 640
        var height = 480
        var eye = Vector3(4, 3, 5)
        /// Frames accumulated when the picture was taken.
        var frames = 1
        var settings = RendererSettings(
            samplesPerPixel: 4, maxRayBounces: 3, ambientOcclusionSamples: 1, background: SIMD4(0.2, 0.3, 0.4, 1))

        var testDescription: String { folder }
    }

    static let recordings = [
        Recording(folder: "45-snapshot-png"),
        Recording(
            folder: "49-snapshot-full", width: 320, height: 240, eye: Vector3(0, 0, 8),
            settings: RendererSettings(background: .zero)),
        Recording(folder: "50-snapshot-metadata", width: 64, height: 64),
        Recording(folder: "55-render-image-png", frames: 2),
        Recording(folder: "61-render-image-no-render", frames: 4),
    ]

    @Test("our picture is the recorded one", arguments: recordings)
    func same(recording: Recording) throws {
        let scene = try RenderScene(
            instances: [RenderInstance(asset: try GeometryAsset(TestScenes.cube), color: [1, 0.4, 0.1, 1])],
            lights: [.ambient(intensity: 0.5), .directional(direction: Vector3(-1, -1, -1), intensity: 5)])
        let camera = CameraSettings(view: View(position: recording.eye, target: .zero))
        let ours = Framebuffer(width: recording.width, height: recording.height)
        let task = FrameRenderTask(scene: scene, camera: camera, settings: recording.settings)
        for _ in 0..<recording.frames { try task.render(into: ours) }
        let theirs = try ImageDecoder.decode(
            Fixtures.bytes("brayns/\(recording.folder)/response.payload.png"))
        #expect(theirs.format == .rgba8)
        let pairs = Array(zip(ours.encoded8().packedBytes(), theirs.packedBytes()))
        #expect(pairs.count == 4 * recording.width * recording.height)
        let off = pairs.map { abs(Int($0) - Int($1)) }
        #expect(off.allSatisfy { $0 <= 1 })
        #expect(Double(off.reduce(0, +)) / Double(off.count) < 0.001)
    }
}
