// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Jobs
import Scene

extension QualityScene {
    /// The scenes of a measurement without arguments, each of another kind: all made here, of files alone, so that any
    /// server can be given them.
    public static let standard = [
        QualityScene("mesh", "a mesh with soft shadows", make: mesh),
        QualityScene("glass", "glass and metal", make: glass),
        QualityScene("neuron", "a nerve cell of thin lines", make: neuron),
        QualityScene("molecule", "atoms of a double helix", make: molecule),
        QualityScene("volume", "a cloud", make: volume),
    ]

    /// Plugins of Brayns that read some of them.
    public static let plugins = ["braynsCircuitExplorer", "braynsMoleculeExplorer"]

    /// Writes a file and makes a model of it.
    private static func model(
        _ bytes: [UInt8], _ name: String, in folder: URL, loader: String? = nil, _ parameters: JSONValue? = nil,
        material: JSONValue? = nil, colour: String? = nil
    ) throws -> JobFile.NamedModel {
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        var model = JobFile.NamedModel(path: file.path)
        (model.loader, model.params, model.material) = (loader, parameters, material)
        model.colour = colour.flatMap { PictureColor($0) }
        return model
    }

    @Sendable private static func mesh(_ folder: URL) throws -> JobFile {
        var floor = SolidShapes()
        floor.addBox(Vector3(-20, -20, -1.7), Vector3(20, 20, -1.6))
        let knot = TorusKnot(along: 600, around: 48).ply()
        var job = JobFile(
            [
                try model(knot, "knot.ply", in: folder, material: ["name": "matte"], colour: "#c5997a"),
                try model(floor.ply(), "floor.ply", in: folder, material: ["name": "matte"], colour: "#b6b8ba"),
            ],
            view: View(position: Vector3(2, -9, 5), target: Vector3(0, 0, -0.3), up: Vector3(0, 0, 1)), fovy: 45,
            lights: [
                .quad(
                    position: Vector3(-7, -2, 9), edge1: Vector3(0, 6, 0), edge2: Vector3(6, 0, 0),
                    color: Vector3(1, 0.95, 0.85), intensity: 6),
                .ambient(color: Vector3(0.7, 0.8, 1), intensity: 0.4),
            ], background: PictureColor("#59616c"))
        job.sources.up = .plusZ
        return job
    }

    @Sendable private static func glass(_ folder: URL) throws -> JobFile {
        var (floor, tiles, wall) = (SolidShapes(), SolidShapes(), SolidShapes())
        floor.addBox(Vector3(-40, -0.2, -40), Vector3(40, 0, 40))
        for x in -8..<8 {
            for z in -8..<8 where (x + z) % 2 == 0 {
                tiles.addBox(Vector3(Double(x), 0, Double(z)), Vector3(Double(x + 1), 0.004, Double(z + 1)))
            }
        }
        wall.addBox(Vector3(-8, 0, -5.2), Vector3(8, 5, -5))
        func ball(_ center: Vector3, _ radius: Double) -> [UInt8] {
            var shapes = SolidShapes()
            shapes.addBall(center, radius: radius)
            return shapes.ply()
        }
        var block = SolidShapes()
        block.addBox(Vector3(-0.3, 0, -2.4), Vector3(0.7, 1.6, -1.4))
        return JobFile(
            [
                try model(floor.ply(), "floor.ply", in: folder, material: ["name": "matte"], colour: "#b2b2ac"),
                try model(tiles.ply(), "tiles.ply", in: folder, material: ["name": "matte"], colour: "#6c7a99"),
                try model(wall.ply(), "wall.ply", in: folder, material: ["name": "matte"], colour: "#acb6ba"),
                try model(
                    ball(Vector3(-1.3, 1.001, 0), 1), "glass.ply", in: folder, material: ["name": "glass"],
                    colour: "#cccccd"),
                try model(
                    ball(Vector3(1.1, 0.8, 0.6), 0.8), "brass.ply", in: folder,
                    material: ["name": "metal", "roughness": 0.15], colour: "#ccc199"),
                try model(
                    ball(Vector3(2.3, 1.2, -1.6), 1.2), "mirror.ply", in: folder,
                    material: ["name": "metal", "roughness": 0.02], colour: "#cacacb"),
                try model(block.ply(), "block.ply", in: folder, material: ["name": "plastic"], colour: "#be7a7a"),
            ],
            view: View(position: Vector3(0.4, 2.2, 6.2), target: Vector3(0.2, 0.85, 0)), fovy: 40,
            lights: [
                .quad(
                    position: Vector3(-2, 4.5, -1), edge1: Vector3(2.5, 0, 0), edge2: Vector3(0, 0, 2.5),
                    color: Vector3(1, 0.95, 0.9), intensity: 9), .ambient(intensity: 0.5),
            ], background: PictureColor("#acb6be"))
    }

    @Sendable private static func neuron(_ folder: URL) throws -> JobFile {
        let cell = try model(
            NerveCell(seed: 11).swc(), "cell.swc", in: folder,
            ["geometry_type": "original", "load_soma": true, "load_dendrites": true],
            material: ["name": "phong"], colour: "#cab286")
        return JobFile(
            [cell], view: View(position: Vector3(0, 0, 20), target: .zero), fovy: 40,
            lights: [
                .directional(direction: Vector3(-0.4, -0.8, -0.6), intensity: 2.5), .ambient(intensity: 0.8),
            ], background: nil)
    }

    @Sendable private static func molecule(_ folder: URL) throws -> JobFile {
        // 48 ångströms long; the loader's unit is a hundred of them.
        let helix = try model(
            DoubleHelix(pairs: 14).pdb(), "helix.pdb", in: folder, ["color_scheme": "protein_atoms"])
        let center = Vector3(0, 0.24, 0)
        return JobFile(
            [helix], view: View(position: center + Vector3(0.05, 0.06, 0.42), target: center, up: Vector3(1, 0.25, 0)),
            fovy: 40,
            lights: [
                .quad(
                    position: center + Vector3(-0.5, 0.5, 0.15), edge1: Vector3(0.5, 0, 0), edge2: Vector3(0, 0, 0.5),
                    intensity: 5), .ambient(intensity: 0.9),
            ], background: PictureColor("#86909a"))
    }

    @Sendable private static func volume(_ folder: URL) throws -> JobFile {
        let side = 64
        let cloud = try model(
            ShellVolume(side: side).raw(), "cloud.raw", in: folder, loader: "raw-volume",
            ["data_type": "unsinged_char", "dimensions": [64, 64, 64], "spacing": [1, 1, 1]])
        let center = Vector3(repeating: Double(side - 1) / 2)
        return JobFile(
            [cloud], view: View(position: center + Vector3(27, 23, 70), target: center), fovy: 40,
            lights: [
                .directional(direction: Vector3(-0.5, -0.8, -0.6), intensity: 8), .ambient(intensity: 2.5),
            ], background: nil)
    }
}
