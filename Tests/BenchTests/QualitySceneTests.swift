// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Models
import Scene
import Testing

@testable import Bench

@Suite struct QualitySceneTests {
    @Test(
        "each scene is a job of models that are there, the same each time", arguments: QualityScene.standard.map(\.name)
    )
    func jobs(name: String) async throws {
        let scene = try #require(QualityScene.standard.first { $0.name == name })
        try await Scratch.with { folder in
            var bytes: [[Data]] = []
            for turn in ["one", "two"] {
                let own = folder.appendingPathComponent(turn)
                try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
                let job = try scene.job(in: own)
                #expect(!job.scene.models.isEmpty && job.render.renderer == .production && job.camera.view != nil)
                bytes.append(try job.scene.models.map { try Data(contentsOf: URL(fileURLWithPath: $0.path)) })
            }
            #expect(bytes[0] == bytes[1] && bytes[0].allSatisfy { !$0.isEmpty })
        }
    }

    @Test("a job that cannot be written says where")
    func unwritable() throws {
        let error = #expect(throws: JobError.self) {
            try QualityScene.standard[0].job(in: URL(fileURLWithPath: "/proc/no/such/folder"))
        }
        #expect(error?.message.contains("/proc/no/such/folder") == true)
    }

    @Test("a ball and a box are closed, their triangles turned outward")
    func closed() async throws {
        var (ball, box) = (SolidShapes(), SolidShapes())
        ball.addBall(.zero, radius: 2, rings: 24)
        box.addBox(.init(-1, -1, -1), .init(1, 1, 2))
        for (shapes, volume) in [(ball, 4 / 3 * Double.pi * 8), (box, 12)] {
            let model = try await Scratch.with { folder in
                let file = folder.appendingPathComponent("shape.ply")
                try Data(shapes.ply()).write(to: file)
                return try ModelLoader().load(path: file.path)
            }
            let sum = model.instances.reduce(0) { $0 + Self.volume(model.meshes[$1.mesh]) }
            #expect(abs(sum - volume) < 0.01 * volume)
        }
    }

    /// By the divergence theorem: the signed tetrahedra of all triangles and the origin.
    private static func volume(_ mesh: Mesh) -> Double {
        func corner(_ i: Int) -> Vector3 {
            let at = Int(mesh.indices[i]) * 3
            return Vector3(
                Double(mesh.positions[at]), Double(mesh.positions[at + 1]), Double(mesh.positions[at + 2]))
        }
        return stride(from: 0, to: mesh.indices.count, by: 3).reduce(0) { sum, first in
            sum + corner(first).dot(corner(first + 1).cross(corner(first + 2))) / 6
        }
    }
}
