// SPDX-License-Identifier: Apache-2.0
import Jobs
import Scene
import Synchronization

/// A renderer without a scene: a ramp of light whose noise falls with the samples, the same each time.
final class StandInRenderer: FrameRenderer, RendererProvider {
    /// What was asked for.
    let asked = Mutex<[FrameRequest]>([])
    /// Whether the lower half of the picture is clear.
    let isHalfClear: Bool
    /// Columns that are sent too many.
    let surplus: Int

    init(isHalfClear: Bool = false, surplus: Int = 0) { (self.isHalfClear, self.surplus) = (isHalfClear, surplus) }

    /// Samples of all frames so far.
    var samples: [Int] { asked.withLock { $0.map(\.renderer.samplesPerPixel) } }

    func prepare(_ scene: SceneRequest) async throws -> SceneReport {
        SceneReport(bounds: Bounds(min: .zero, max: Vector3(repeating: 1)))
    }

    func render(_ frame: FrameRequest) async throws -> RenderedFrame {
        asked.withLock { $0.append(frame) }
        let (width, height) = (frame.width + surplus, frame.height)
        var planes = FloatPlanes(width: width, height: height, color: [])
        var state: UInt64 = 1
        for y in 0..<height {
            let isClear = isHalfClear && y >= height / 2
            for x in 0..<width {
                for c in 0..<3 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let noise = Float(state >> 40) / Float(1 << 24) - 0.5
                    let light = 0.2 + 0.5 * Float(x) / Float(width) + 0.1 * Float(c)
                    let spread = 0.3 * noise / Float(frame.renderer.samplesPerPixel).squareRoot()
                    planes.color.append(isClear ? 0 : light + spread)
                }
                planes.color.append(isClear ? 0 : 1)
            }
        }
        let even = { (value: Float, components: Int) in
            [Float](repeating: value, count: width * height * components)
        }
        for channel in frame.channels { planes[channel] = even(0.5, channel.components) }
        return RenderedFrame(pixels: .planes(planes), method: "render-planes")
    }

    func residentBytes() async -> Int? { nil }
    func close() async {}
    var capacity: Int { 1 }
    func loadableExtensions() async throws -> Set<String>? { nil }
    func makeRenderer(index: Int) async throws -> any FrameRenderer { self }
    func describe() async throws -> String { "a stand-in" }
}
