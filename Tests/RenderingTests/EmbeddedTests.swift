// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import Glibc
import Jobs
import Scene
import TestFixtures
import Testing
import WebSocket

@testable import Rendering

/// The built-in renderer as a child: the program that was built beside these tests.
@Suite(.serialized) struct EmbeddedTests {
    private static var choice: BackendChoice {
        var options = BackendChoice.EmbeddedOptions(children: 1, threads: 2)
        options.executable = EmbeddedProgram.path
        return .embedded(options)
    }

    private func inFolder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work(folder)
    }

    /// A tetrahedron as OBJ, `size` across.
    private func model(_ name: String, in folder: URL, size: Double = 1) throws -> String {
        let path = folder.appendingPathComponent(name)
        let text = "v 0 0 0\nv \(size) 0 0\nv 0 \(size) 0\nv 0 0 \(size)\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n"
        try Data(text.utf8).write(to: path)
        return path.path
    }

    private func picture(_ frame: RenderedFrame) throws -> [UInt8] {
        guard case .encoded(let bytes) = frame.pixels else { throw RendererError(.remote, stage: "", "no picture") }
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        return bytes
    }

    @Test("draws A, B, A and the first and the last are equal to the byte; its memory is known; it ends")
    func sameAgain() async throws {
        try await inFolder { folder in
            let (a, b) = (try model("a.obj", in: folder), try model("b.obj", in: folder, size: 3))
            let renderer = try await BraynsRendererProvider(Self.choice).makeRenderer(index: 0)
            var pictures: [[UInt8]] = []
            for path in [a, b, a] {
                let report = try await renderer.prepare(SceneRequest(models: [.init(path: path)]))
                #expect(report.triangles == 4)
                var frame = FakeBackend.frame(64, 48, lights: path == a ? [.ambient()] : [.sphere(position: .one)])
                frame.nearClip = path == a ? nil : 0.5
                pictures.append(try picture(try await renderer.render(frame)))
            }
            #expect(pictures[0] == pictures[2] && pictures[0] != pictures[1])
            #expect((await renderer.residentBytes() ?? 0) > 1 << 20)
            let process = try #require((renderer as? BraynsFrameRenderer)?.session.process?.process)
            await renderer.close()
            #expect(process.status != nil)
        }
    }

    @Test(
        "snapshot, render-image and the float planes come in the size asked for, however small", arguments: [1, 7, 64])
    func methods(side: Int) async throws {
        try await inFolder { folder in
            let scene = SceneRequest(models: [.init(path: try model("a.obj", in: folder))])
            var pictures: [[UInt8]] = []
            for capture in [RenderingOptions.Capture.snapshot, .renderImage] {
                var options = RenderingOptions()
                options.capture = capture
                let renderer = try await BraynsRendererProvider(Self.choice, options: options).makeRenderer(index: 0)
                _ = try await renderer.prepare(scene)
                pictures.append(try picture(try await renderer.render(FakeBackend.frame(side, side))))
                var frame = FakeBackend.frame(side, side)
                frame.wantsPlanes = true
                guard case .planes(let planes) = try await renderer.render(frame).pixels else {
                    throw RendererError(.remote, stage: "", "no planes")
                }
                #expect(planes.color.count == side * side * 4)
                await renderer.close()
            }
            // The two compress differently, so only the size is compared: big-endian, after the chunk's name.
            let size: [UInt8] = [0, 0, 0, UInt8(side), 0, 0, 0, UInt8(side)]
            for picture in pictures { #expect(picture[16..<24].elementsEqual(size)) }
        }
    }

    @Test("a bad model fails by itself; the renderer goes on", arguments: ["", "not a model", "v 1 2\nf 9 9 9\n"])
    func badModel(text: String) async throws {
        try await inFolder { folder in
            let bad = folder.appendingPathComponent("bad.obj")
            try Data(text.utf8).write(to: bad)
            let renderer = try await BraynsRendererProvider(Self.choice).makeRenderer(index: 0)
            for path in [bad.path, folder.appendingPathComponent("none.obj").path] {
                let error = await #expect(throws: RendererError.self) {
                    try await renderer.prepare(SceneRequest(models: [.init(path: path)]))
                }
                #expect(error?.blame == .input && error?.message.contains(path) == true)
            }
            _ = try await renderer.prepare(SceneRequest(models: [.init(path: try model("a.obj", in: folder))]))
            _ = try picture(try await renderer.render(FakeBackend.frame(64, 64)))
            await renderer.close()
        }
    }

    @Test("a child killed in the middle of a frame is told by its signal, and replaced")
    func killed() async throws {
        try await inFolder { folder in
            let scene = SceneRequest(models: [.init(path: try model("a.obj", in: folder))])
            let provider = BraynsRendererProvider(Self.choice)
            let renderer = try await provider.makeRenderer(index: 0)
            _ = try await renderer.prepare(scene)
            let process = try #require((renderer as? BraynsFrameRenderer)?.session.process?.process)
            var long = FakeBackend.frame(1024, 1024)
            long.renderer = RendererSettings(kind: .production, samplesPerPixel: 100_000)
            let drawing = Task { [long] in try await renderer.render(long) }
            try await Task.sleep(for: .milliseconds(300))
            process.signal(SIGKILL)
            let error = await #expect(throws: RendererError.self) { try await drawing.value }
            #expect(error?.blame == .rendererLost && error?.message.contains("SIGKILL") == true)
            await renderer.close()
            let next = try await provider.makeRenderer(index: 0)
            _ = try await next.prepare(scene)
            _ = try picture(try await next.render(FakeBackend.frame(64, 64)))
            await next.close()
        }
    }

    @Test("a frame beyond its time ends the child")
    func late() async throws {
        try await inFolder { folder in
            let renderer = try await BraynsRendererProvider(Self.choice).makeRenderer(index: 0)
            _ = try await renderer.prepare(SceneRequest(models: [.init(path: try model("a.obj", in: folder))]))
            var long = FakeBackend.frame(1024, 1024)
            long.renderer = RendererSettings(kind: .production, samplesPerPixel: 100_000)
            long.timeout = .milliseconds(300)
            let error = await #expect(throws: RendererError.self) { try await renderer.render(long) }
            #expect(error?.blame == .rendererLost)
            let process = try #require((renderer as? BraynsFrameRenderer)?.session.process?.process)
            #expect(await process.wait(for: .seconds(20)) == ExitStatus(.signalled(SIGKILL)))
            await renderer.close()
        }
    }

    @Test("a child ends when the program that started it is killed")
    func parentDies() async throws {
        try await inFolder { folder in
            let parent = try ChildProcess(
                EmbeddedProgram.path,
                [
                    "render", try model("a.obj", in: folder), "--renderer", "production", "--samples", "100000",
                    "--size", "1024x1024", "--jobs", "1", "-o", folder.appendingPathComponent("a.png").path,
                ])
            var child: Int32?
            for _ in 0..<600 where child == nil && parent.status == nil {
                try await Task.sleep(for: .milliseconds(100))
                child = Self.children(of: parent.pid).first
            }
            let pid = try #require(child, "\(parent.lastLines)")
            parent.signal(SIGKILL)
            #expect(await parent.wait(for: .seconds(20)) == ExitStatus(.signalled(SIGKILL)))
            for _ in 0..<200 where Self.isAlive(pid) { try await Task.sleep(for: .milliseconds(100)) }
            #expect(!Self.isAlive(pid))
            if Self.isAlive(pid) { _ = kill(pid, SIGKILL) }
        }
    }

    /// State and parent of a process.
    private static func stat(_ pid: Int32) -> (state: Substring, parent: Int32)? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return nil }
        let parts = text[end...].split(separator: " ")
        guard parts.count > 2, let parent = Int32(parts[2]) else { return nil }
        return (parts[1], parent)
    }

    private static func isAlive(_ pid: Int32) -> Bool { stat(pid).map { $0.state != "Z" } ?? false }

    private static func children(of parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { stat($0)?.parent == parent }
    }

    @Test("the guide's steps: connect, load, frame, light, save")
    func guide() async throws {
        try await inFolder { folder in
            guard case .embedded(let options) = Self.choice else { return }
            let backend = try await BackendProcess.embedded(options, threads: 2, within: .seconds(60))
            let instance = try await Brayns.connect(backend.endpoint.description)
            try await instance.checkVersion()
            try await instance.load(try model("a.obj", in: folder))
            let camera = Camera.fullScreen(of: try await instance.bounds())
                .rotatedAroundTarget(by: .euler(degrees: Vector3(0, 90, 0)))
            try await instance.lights.add(.directional(direction: camera.view.basis.direction))
            let path = folder.appendingPathComponent("snapshot.png").path
            try await Snapshot(size: PixelSize(width: 96, height: 64), camera: camera).save(to: path, from: instance)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count > 100)
            await instance.disconnect()
            await backend.end(grace: .seconds(20))
            #expect(backend.process.status == ExitStatus(.exited(code: 0)))
        }
    }
}
