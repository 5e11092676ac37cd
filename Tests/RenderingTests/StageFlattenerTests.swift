// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Scene
import TestFixtures
import Testing

@testable import Rendering

/// Reading USD stages: what stands in their place when usd-core is missing, crashes or takes too long.
@Suite struct StageFlattenerTests {
    static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]
    static let shelf = Fixtures.url("stages/shelf.usda").path

    /// A folder for one test.
    static func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    /// A program that stands in for Python.
    private func standIn(_ script: String, in folder: String) throws -> String {
        let path = folder + "/python"
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    private func failure(_ flattener: StageFlattener, _ stage: String = shelf) async throws -> RendererError {
        let folder = try StageFolder()
        defer { folder.remove() }
        let error = await #expect(throws: RendererError.self) {
            try await flattener.flatten(stage, into: folder.path, within: nil)
        }
        return try #require(error)
    }

    @Test(
        "what the reader of stages ends with is a named failure, never a picture",
        arguments: [
            ("exit 3", RendererError.Blame.unsupported, "not supported here: install Pixar's usd-core"),
            ("kill -SEGV $$", .input, "crashed: it was ended by SIGSEGV"),
            ("echo out of luck; exit 1", .input, "crashed: it ended with code 1; its last words: out of luck"),
            ("exit 4", .input, "cannot be drawn as a USD stage"),
            // It says that all is well and has written nothing.
            ("exit 0", .input, "crashed: it ended with code 0"),
            ("sleep 60", .limits, "took longer than 0.5 seconds and was ended"),
        ])
    func endings(script: String, blame: RendererError.Blame, part: String) async throws {
        try await Self.inFolder { folder in
            var flattener = StageFlattener(python: try standIn(script, in: folder))
            if blame == .limits { flattener.timeLimit = .milliseconds(500) }
            let error = try await failure(flattener)
            #expect(error.blame == blame && error.message.contains(part), "\(error.message)")
            #expect(error.message.contains("shelf.usda"))
        }
    }

    @Test("a Python that is not there is told with what to do", arguments: ["/none/python", "no-such-python"])
    func noPython(name: String) async throws {
        let error = try await failure(StageFlattener(python: name))
        #expect(error.blame == .unsupported && error.message.contains("\(name) is not there"), "\(error.message)")
        #expect(error.message.contains("--python") && error.message.contains("DARKROOM_PYTHON"))
    }

    @Test("no file of a stage that failed is left behind")
    func tidy() async throws {
        let before = try FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory())
        let folder = try StageFolder()
        #expect(FileManager.default.fileExists(atPath: folder.path))
        folder.remove()
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        #expect(!before.contains { folder.path.hasSuffix($0) })
    }

    @Suite(.enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with usd-core"))
    struct WithUSD {
        private func flattened(
            _ stage: String, _ change: (inout StageFlattener) -> Void = { _ in }
        ) async throws -> FlattenedStage {
            let folder = try StageFolder()
            defer { folder.remove() }
            var flattener = StageFlattener()
            change(&flattener)
            return try await flattener.flatten(stage, into: folder.path, within: .seconds(100))
        }

        @Test("the version of usd-core is told")
        func version() async throws {
            #expect(try await StageFlattener().version().usd.split(separator: ".").count >= 2)
        }

        @Test("camera and lights come out in metres with +Y up")
        func report() async throws {
            let stage = try await flattened(shelf)
            let camera = try #require(stage.camera)
            #expect((camera.view.position - Vector3(0, 0.6, 2.5)).length < 1e-6)
            #expect(camera.view.target.y < camera.view.position.y && camera.view.target.z < 2.5)
            guard case .perspective(let fovy, _, _) = camera.projection else {
                Issue.record("not a perspective camera")
                return
            }
            #expect(abs(fovy - 2 * atan(12.0 / 35) * 180 / .pi) < 1e-3 && abs(camera.aspect - 1.5) < 1e-6)
            #expect(stage.lights.count == 3 && stage.warnings.isEmpty && stage.missingFiles.isEmpty)
            for light in stage.lights {
                switch light {
                case .ambient(_, let intensity): #expect(abs(intensity - 0.2) < 1e-6)
                case .directional(let direction, _, let intensity):
                    #expect(direction.y < -0.5 && abs(intensity - 2.5) < 1e-6)
                case .sphere(let position, let radius, _, let intensity):
                    #expect((position - Vector3(0, 0.9, 0.3)).length < 1e-6 && abs(radius - 0.05) < 1e-9)
                    #expect(abs(intensity - 2 * .pi * radius * radius) < 1e-9)
                case .quad: Issue.record("the stage has no such light")
                }
            }
        }

        @Test("lights far too strong for a picture are dimmed alike, and that is said")
        func tooStrong() async throws {
            let stage = try await flattened(Fixtures.url("stages/bright.usda").path)
            var (sun, sky) = (0.0, 0.0)
            for light in stage.lights {
                if case .directional(_, _, let intensity) = light { sun = intensity }
                if case .ambient(_, let intensity) = light { sky = intensity }
            }
            #expect(abs(sun / sky - 3) < 1e-6 && sun + .pi * sky < 4)
            #expect(stage.warnings.contains { $0.contains("times as strong") })
        }

        @Test("the camera that the stage names is taken, of whatever kind; what is not drawn is told")
        func odds() async throws {
            let stage = try await flattened(Fixtures.url("stages/odds.usda").path)
            let camera = try #require(stage.camera)
            #expect(camera.projection == .orthographic(height: 2) && camera.aspect == 2)
            #expect(camera.projection(fitting: 1) == .orthographic(height: 4))
            for kind in ["BasisCurves", "CylinderLight"] {
                #expect(stage.warnings.contains { $0.contains(kind) }, "\(stage.warnings)")
            }
            let quads = stage.lights.compactMap { light in
                if case .quad(_, let edge1, let edge2, _, let intensity) = light {
                    return (edge1.cross(edge2), intensity)
                }
                return nil
            }
            // Both shine along -Z: one of four square units, one whose power does not hang on its size.
            #expect(quads.count == 2 && quads.allSatisfy { $0.0.z < 0 && abs($0.0.x) < 1e-9 })
            #expect(quads.contains { abs($0.1 - 5) < 1e-6 } && quads.contains { abs($0.1 - 4 / .pi) < 1e-6 })
        }

        @Test(
            "a stage that cannot be drawn says why",
            arguments: [
                ("hidden.usda", "no surface"), ("damaged.usda", "no surface"), ("quarters.png", "cannot be drawn"),
                ("none.usda", "cannot be drawn as a USD stage"),
            ])
        func unusable(name: String, part: String) async throws {
            let error = try await #require(throws: RendererError.self) {
                try await flattened(Fixtures.url("stages/\(name)").path)
            }
            #expect(error.blame == .input && error.message.contains(part), "\(error.message)")
        }

        @Test("nothing is read from outside the folders that are given")
        func roots() async throws {
            try await inFolder { folder in
                let inside = folder + "/in"
                try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
                let layer = "#usda 1.0\n(subLayers = [@\(shelf)@])\n"
                try Data(layer.utf8).write(to: URL(fileURLWithPath: inside + "/reach.usda"))
                #expect(try await flattened(inside + "/reach.usda").camera != nil)
                let error = try await #require(throws: RendererError.self) {
                    try await flattened(inside + "/reach.usda") { $0.roots = [inside] }
                }
                #expect(error.message.contains("outside the folders"), "\(error.message)")
                let own = Fixtures.url("stages").path
                #expect(try await flattened(shelf) { $0.roots = [own] }.missingFiles.isEmpty)
            }
        }

        @Test("a picture that is missing is told; a GLB over the limit is refused")
        func missing() async throws {
            try await inFolder { folder in
                for name in ["shelf.usda", "ball.usda"] {
                    let from = Fixtures.url("stages/\(name)")
                    try FileManager.default.copyItem(at: from, to: URL(fileURLWithPath: "\(folder)/\(name)"))
                }
                #expect(try await flattened(folder + "/shelf.usda").missingFiles == ["quarters.png"])
                let error = try await #require(throws: RendererError.self) {
                    try await flattened(shelf) { $0.maxBytes = 1000 }
                }
                #expect(error.blame == .limits && error.message.contains("--max-bytes"))
            }
        }
    }
}
