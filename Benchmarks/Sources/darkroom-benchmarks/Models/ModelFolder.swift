// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene

/// The models that frames are drawn of and thumbnails are made of.
enum ModelFolder {
    /// Writes those that are not there yet.
    static func fill(_ folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let meshes: [(String, () -> Mesh)] = [
            ("knot-10k", { TorusKnot(along: 250, around: 20).mesh }),
            ("knot-200k", { TorusKnot(along: 1000, around: 100).mesh }),
            ("knot-1m", { TorusKnot(along: 2500, around: 200).mesh }),
            ("knot-2m", { TorusKnot(along: 4000, around: 250).mesh }),
            ("knot-painted", { TorusKnot(along: 4000, around: 250, isPainted: true).mesh }),
            ("arbor", { Arbor.mesh(stems: 24) }),
            ("ball", { Ball.mesh(rings: 200) }),
            ("floor", { PathScene.floor.meshes[0] }),
        ]
        for (name, mesh) in meshes {
            try write("\(folder)/\(name).ply") { PLYWriter.encode(model(of: mesh())) }
        }
        try write("\(folder)/meadow.obj") { Array(Meadow.obj().utf8) }
        try write("\(folder)/meadow.mtl") { Array(Meadow.mtl.utf8) }
        try write("\(folder)/meadow.png") { try Meadow.texture() }
    }

    private static func model(of mesh: Mesh) -> Model {
        var model = Model()
        model.meshes = [mesh]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        return model
    }

    private static func write(_ path: String, _ bytes: () throws -> [UInt8]) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try Data(bytes()).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
