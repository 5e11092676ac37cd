// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import JSONRPC
import Scene
import Synchronization

@testable import Jobs

/// What stand-in renderers were asked, and how they are to misbehave.
final class StandInStage: Sendable {
    struct State {
        var prepared: [String] = []
        var frames = 0
        var alive = 0
        var made = 0
        var lastFrames: [FrameRequest] = []
    }

    /// What a model does to the renderer.
    enum Trick: Sendable {
        case crashes
        /// Takes the renderer down this often, then works.
        case crashesTimes(Int)
        case crashesInFrame(Int)
        case fails(RendererError)
        case failsTimes(Int, RendererError)
        case hangs
        case isBlank
        case isEmpty
        case isNonsense
        case missesFiles([String])
        case hasTriangles(Int)
        case hasCamera(StageCamera)
    }

    let state = Mutex(State())
    let tricks: [String: Trick]
    private let used = Mutex<[String: Int]>([:])
    /// Called after every frame with the number of frames drawn so far.
    let afterFrame: @Sendable (Int) -> Void

    init(_ tricks: [String: Trick] = [:], afterFrame: @escaping @Sendable (Int) -> Void = { _ in }) {
        (self.tricks, self.afterFrame) = (tricks, afterFrame)
    }

    /// How often a model's trick was played before.
    func use(_ name: String) -> Int {
        used.withLock { counts in
            counts[name, default: 0] += 1
            return (counts[name] ?? 1) - 1
        }
    }

    var frames: Int { state.withLock { $0.frames } }
    var prepared: [String] { state.withLock { $0.prepared } }
}

/// Draws a small disc whose colour comes from the model's name and whose place from the view.
final class StandInRenderer: FrameRenderer {
    let stage: StandInStage
    private let scene = Mutex<SceneRequest?>(nil)
    private let isDead = Mutex(false)

    init(_ stage: StandInStage) {
        self.stage = stage
        stage.state.withLock {
            $0.alive += 1
            $0.made += 1
        }
    }

    private var name: String { scene.withLock { $0?.models.first.map { PathName.last($0.path) } ?? "" } }

    private func die(_ stage: String) -> RendererError {
        isDead.withLock { $0 = true }
        return RendererError(.rendererLost, stage: stage, "\(name): the renderer is gone")
    }

    private func live() throws {
        if isDead.withLock({ $0 }) { throw RendererError(.rendererLost, stage: "render", "used after death") }
    }

    func prepare(_ request: SceneRequest) async throws -> SceneReport {
        try live()
        scene.withLock { $0 = request }
        stage.state.withLock { $0.prepared.append(name) }
        var report = SceneReport(bounds: Bounds(min: Vector3(-1, -1, -1), max: Vector3(1, 1, 1)))
        report.stageSeconds = ["load": 0.001]
        switch stage.tricks[name] {
        case .crashes: throw die("load")
        case .crashesTimes(let times): if stage.use(name) < times { throw die("load") }
        case .fails(let error): throw error
        case .failsTimes(let times, let error): if stage.use(name) < times { throw error }
        case .hangs: try await Task.sleep(for: .seconds(3600))
        case .isEmpty: report.bounds = .empty
        case .missesFiles(let files): report.missingFiles = files
        case .hasTriangles(let count): report.triangles = count
        case .hasCamera(let camera): report.camera = camera
        default: break
        }
        return report
    }

    func render(_ frame: FrameRequest) async throws -> RenderedFrame {
        try live()
        let count = stage.state.withLock { state in
            state.frames += 1
            state.lastFrames.append(frame)
            return state.frames
        }
        defer { stage.afterFrame(count) }
        if case .crashesInFrame(let index) = stage.tricks[name], frame.simulationFrame == index { throw die("render") }
        if case .isNonsense = stage.tricks[name] {
            return RenderedFrame(pixels: .encoded(Array("no picture".utf8)), method: "snapshot")
        }
        if frame.needsPlanes {
            return RenderedFrame(pixels: .planes(planes(frame)), method: "render-planes")
        }
        return RenderedFrame(pixels: .encoded(try picture(frame)), method: "snapshot", stageSeconds: ["render": 0.001])
    }

    /// A slope of grey before nothing, with every plane that is asked for.
    private func planes(_ frame: FrameRequest) -> FloatPlanes {
        let count = frame.width * frame.height
        let color = (0..<count).flatMap { i -> [Float] in
            let light = Float(i % frame.width + 1) / Float(frame.width)
            return [light, light / 2, light / 4, 1]
        }
        var planes = FloatPlanes(width: frame.width, height: frame.height, color: color)
        for channel in frame.channels {
            planes[channel] = (0..<count * channel.components).map { Float($0) / 64 }
        }
        return planes
    }

    private func picture(_ frame: FrameRequest) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: frame.width * frame.height * 4)
        if case .isBlank = stage.tricks[name] {
        } else {
            let hash = Digest.sha256(Array("\(name) \(frame.view) \(frame.simulationFrame ?? 0)".utf8))
            for y in 0..<frame.height {
                for x in 0..<frame.width
                where (2 * x - frame.width) * (2 * x - frame.width) + (2 * y - frame.height) * (2 * y - frame.height)
                    < frame.width * frame.height / 2
                {
                    let i = 4 * (y * frame.width + x)
                    for c in 0..<3 { bytes[i + c] = UInt8((Int(hash[c]) + x + y) % 256) }
                    bytes[i + 3] = (x + y) % 7 == 0 ? 128 : 255
                }
            }
        }
        let image = PixelBuffer(width: frame.width, height: frame.height, format: .rgba8, packed: bytes)
        return try PNGEncoder(compression: .fast).encode(image)
    }

    func residentBytes() async -> Int? { 1 << 20 }

    func close() async { stage.state.withLock { $0.alive -= 1 } }
}

/// Hands out stand-ins.
struct StandInProvider: RendererProvider {
    var stage: StandInStage
    var capacity = 2
    var loadable: Set<String>? = ["obj", "stl", "ply", "usda"]
    /// Why no renderer can be had.
    var refusal: RendererError?

    func loadableExtensions() async throws -> Set<String>? { loadable }

    func makeRenderer(index: Int) async throws -> any FrameRenderer {
        if let refusal { throw refusal }
        return StandInRenderer(stage)
    }

    func describe() async throws -> String { "stand-in 1.0" }
}
