// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Jobs
import Logging
import Scene
import Synchronization
import TestFixtures
import Testing

@testable import Rendering

/// Which method brings a frame, and what is left behind.
@Suite struct CapturePolicyTests {
    @Test(
        "a backend of one's own draws by render-image, a shared one and one that takes minutes by snapshot",
        arguments: [
            (true, false, nil, "render-image"), (true, false, 29, "render-image"), (true, false, 31, "snapshot"),
            (true, true, nil, "snapshot"), (false, false, nil, "snapshot"), (false, true, 1, "snapshot"),
        ] as [(Bool, Bool, Int?, String)])
    func policy(isExclusive: Bool, hasForeign: Bool, seconds: Int?, method: String) {
        var policy = CapturePolicy(isExclusive: isExclusive, hasForeign: hasForeign)
        policy.expected = seconds.map { .seconds($0) }
        #expect(policy.choice.method.rawValue == method && !policy.choice.reason.isEmpty)
        policy.wanted = .snapshot
        #expect(policy.choice.method == .snapshot && policy.choice.reason.contains("asked for"))
        policy.wanted = .renderImage
        #expect(policy.choice.method == .renderImage)
    }

    @Test("what a frame takes is told by pixels and samples of the one before")
    func expectation() {
        var speed = FrameSpeed()
        #expect(speed.expected(pixels: 100, samples: 1) == nil)
        speed.note(.seconds(2), pixels: 100, samples: 4)
        #expect(abs((speed.expected(pixels: 200, samples: 8) ?? .zero) / .seconds(1) - 8) < 1e-6)
        speed.note(.seconds(2), pixels: 0, samples: 4)
        #expect(speed.expected(pixels: 100, samples: 4) == .seconds(2))
    }

    /// Keeps what is logged.
    private final class Diary: Sendable {
        let lines = Mutex<[String]>([])
        var logger: Logger {
            var logger = Logger(label: "test") { _ in DiaryHandler(diary: self) }
            logger.logLevel = .debug
            return logger
        }
    }

    private struct DiaryHandler: LogHandler {
        let diary: Diary
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .debug
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) { diary.lines.withLock { $0.append(event.message.description) } }
    }

    @Test("explains its choice in the log, once, and again when it changes")
    func explained() async throws {
        let diary = Diary()
        var options = RenderingOptions()
        (options.logger, options.longFrame) = (diary.logger, .zero)
        let renderer = try await FakeBackend.renderer(on: FakeBrayns(), isExclusive: true, options: options)
        _ = try await renderer.prepare(FakeBackend.scene)
        var methods: [String] = []
        for _ in 0..<3 { methods.append(try await renderer.render(FakeBackend.frame()).method) }
        // With no time allowed at all every measured frame is a long one.
        #expect(methods == ["render-image", "snapshot", "snapshot"])
        let lines = diary.lines.withLock { $0.filter { $0.hasPrefix("Frames come from") } }
        #expect(lines.count == 2 && lines[0].contains("ours alone") && lines[1].contains("cancelled"))
        await renderer.close()
    }

    private static let readers = [
        "get-camera-type", "get-camera-perspective", "get-camera-orthographic", "get-camera-view",
        "get-camera-near-clip", "get-camera-region", "get-renderer-type", "get-renderer-interactive",
        "get-renderer-production", "get-application-parameters", "get-simulation-parameters", "get-scene",
    ]

    /// What clients can see of a server's state.
    static func state(of instance: BraynsInstance, _ methods: [String] = readers) async throws -> [String: JSONValue] {
        var state: [String: JSONValue] = [:]
        for method in methods { state[method] = try await instance.call(method, as: JSONValue.self) }
        return state
    }

    @Test(
        "a shared backend is left as it was found, by either method",
        arguments: [RenderingOptions.Capture.auto, .snapshot, .renderImage])
    func asFound(capture: RenderingOptions.Capture) async throws {
        let server = FakeBrayns()
        let other = BraynsInstance(connection: server.connect())
        try await other.load("/theirs.obj")
        try await other.lights.add(.ambient())
        try await other.setProjection(.orthographic(height: 3))
        try await other.setCameraView(View(position: Vector3(9, 8, 7), target: Vector3(1, 1, 1)))
        try await other.setCameraNearClip(0.25)
        try await other.setCameraRegion(CameraRegion(start: SIMD2(0, 0.5), end: SIMD2(0.5, 0)))
        try await other.setRenderer(RendererSettings(kind: .production, samplesPerPixel: 9))
        try await other.setViewport(PixelSize(width: 123, height: 456))
        try await other.setSimulationFrame(3)
        let before = try await Self.state(of: other)
        var options = RenderingOptions()
        options.capture = capture
        let renderer = try await FakeBackend.renderer(on: server, options: options)
        var scene = FakeBackend.scene
        scene.existing = .keep
        _ = try await renderer.prepare(scene)
        var frame = FakeBackend.frame()
        (frame.nearClip, frame.simulationFrame) = (0.5, 1)
        for _ in 0..<2 { _ = try await renderer.render(frame) }
        await renderer.close()
        let after = try await Self.state(of: other)
        for (method, value) in before where method != "get-camera-perspective" && method != "get-renderer-interactive" {
            #expect(same(after[method], value), "\(method): \(String(describing: after[method])) was \(value)")
        }
        await other.disconnect()
    }

    /// Equal when numbers count by their value.
    private func same(_ a: JSONValue?, _ b: JSONValue?) -> Bool {
        switch (a, b) {
        case (.array(let a)?, .array(let b)?): a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
        case (.object(let a)?, .object(let b)?): a.keys == b.keys && a.allSatisfy { same($0.value, b[$0.key]) }
        case (let a?, let b?):
            if let x = a.doubleValue, let y = b.doubleValue { Float(x) == Float(y) } else { a == b }
        default: a == nil && b == nil
        }
    }

    @Test("a path traced frame in a foreign scene without a light gets a black one; with a light of theirs it does not")
    func foreignDark() async throws {
        for theirs in [true, false] {
            let server = FakeBrayns()
            let other = BraynsInstance(connection: server.connect())
            try await other.load("/theirs.obj")
            if theirs { try await other.lights.add(.ambient()) }
            let renderer = try await FakeBackend.renderer(on: server)
            var scene = FakeBackend.scene
            scene.existing = .keep
            _ = try await renderer.prepare(scene)
            var frame = FakeBackend.frame(lights: [])
            frame.renderer = RendererSettings(kind: .production)
            server.forgetLog()
            let notes = try await renderer.render(frame).notes
            #expect(server.methods.contains("add-light-ambient") == !theirs && notes.isEmpty == theirs)
            await renderer.close()
            await other.disconnect()
        }
    }
}
