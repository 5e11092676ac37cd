// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import JSONRPC
import Jobs
import Rendering
import Scene

/// Draws one small picture with the built-in renderer, by the way that every picture takes.
public struct SelfTest: Sendable {
    /// Pixels of a side of the test picture.
    static let side = 64
    /// Folders that may hold the test model for a moment, best first.
    var folders: [String]
    /// The program that is started as the backend; this one when `nil`.
    var executable: String?

    public init(folders: [String] = [NSTemporaryDirectory(), "/dev/shm", "."], executable: String? = nil) {
        (self.folders, self.executable) = (folders, executable)
    }

    /// Starts a backend, loads a model, draws it and looks at the picture.
    public func run() async -> Finding {
        let name = "built-in renderer"
        guard let file = writeModel() else {
            return Finding(
                name, .lacking, "not tried: no folder for a test model (\(folders.joined(separator: ", ")))",
                advice: "Set TMPDIR to a folder that can be written to.")
        }
        defer { unlink(file) }
        var embedded = BackendChoice.EmbeddedOptions(children: 1)
        embedded.executable = executable
        let provider = BraynsRendererProvider(.embedded(embedded))
        let start = ContinuousClock.now
        do {
            let renderer = try await provider.makeRenderer(index: 0)
            let result = await draw(file, with: renderer)
            await renderer.close()
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let coverage = try result.get()
            return Finding(
                name, .good,
                "drew \(Self.side)x\(Self.side) pixels in \(String(format: "%.2f", seconds)) s, start included",
                facts: ["seconds": .double(seconds), "coverage": .double(coverage)])
        } catch {
            return Finding(
                name, .broken, "\((error as? RendererError)?.message ?? "\(error)")",
                advice: "No picture can be drawn here without a server; name one with --backend.")
        }
    }

    private func draw(_ file: String, with renderer: any FrameRenderer) async -> Result<Double, any Error> {
        do {
            let scene = try await renderer.prepare(SceneRequest(models: [SceneRequest.Model(path: file)]))
            let center = scene.bounds.center
            // Three faces are seen, each with a light of its own: one face alone would count as blank.
            let view = View(position: center + Vector3(1.5, 1.2, 2), target: center)
            var settings = RendererSettings()
            settings.background = SIMD4(0, 0, 0, 0)
            let frame = FrameRequest(
                view: view, projection: .perspective(), width: Self.side, height: Self.side, renderer: settings,
                lights: [.ambient(intensity: 0.2), .directional(direction: Vector3(-1, -2, -3))])
            let drawn = try await renderer.render(frame)
            guard case .encoded(let bytes) = drawn.pixels else { throw Failure(description: "it sent no picture") }
            let picture = try ImageDecoder.decode(bytes)
            guard picture.width == Self.side, picture.height == Self.side else {
                throw Failure(description: "it drew \(picture.width)x\(picture.height) pixels")
            }
            let statistics = picture.statistics()
            guard !statistics.isBlank, (0.05...0.95).contains(statistics.alphaCoverage) else {
                let reason = statistics.blank?.rawValue ?? "coverage \(statistics.alphaCoverage)"
                throw Failure(description: "it drew a picture that shows nothing (\(reason))")
            }
            return .success(statistics.alphaCoverage)
        } catch {
            return .failure(error)
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// A cube, in the first folder that takes it.
    private func writeModel() -> String? {
        let cube = """
            OFF
            8 6 0
            -0.5 -0.5 -0.5\n0.5 -0.5 -0.5\n0.5 0.5 -0.5\n-0.5 0.5 -0.5
            -0.5 -0.5 0.5\n0.5 -0.5 0.5\n0.5 0.5 0.5\n-0.5 0.5 0.5
            4 0 3 2 1\n4 4 5 6 7\n4 0 1 5 4\n4 2 3 7 6\n4 1 2 6 5\n4 0 4 7 3

            """
        for folder in folders {
            let file = URL(fileURLWithPath: folder).appendingPathComponent("darkroom-self-test-\(getpid()).off")
            if (try? Data(cube.utf8).write(to: file)) != nil { return file.path }
        }
        return nil
    }
}
