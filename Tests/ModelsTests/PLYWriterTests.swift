// SPDX-License-Identifier: Apache-2.0
import Models
import Scene
import TestFixtures
import Testing

@Suite struct PLYWriterTests {
    @Test(
        "what is written is read back as the same model",
        arguments: ["cube.obj", "nodes.gltf", "cube-ascii.ply", "cube-binary.stl", "colored.obj"])
    func roundTrip(name: String) throws {
        let model = try load(name)
        let again = try ModelLoader().load(bytes: PLYWriter.encode(model), type: "ply")
        #expect(again.triangleCount == model.triangleCount)
        #expect((again.bounds.min - model.bounds.min).length < 1e-5)
        #expect((again.bounds.max - model.bounds.max).length < 1e-5)
        #expect(again.hasAppearance == model.hasAppearance)
    }

    @Test("colours survive to within a step of 8 bits")
    func colors() throws {
        let model = try load("cube.gltf")
        let again = try ModelLoader().load(bytes: PLYWriter.encode(model), type: "ply")
        let color = again.meshes[0].colors[0..<3]
        for (value, wanted) in zip(color, [Float(0.5), 0.25, 1]) { #expect(abs(value - wanted) < 0.01) }
    }

    @Test("mirrored parts keep their outer side")
    func mirror() throws {
        var model = try load("cube-binary.stl")
        model.instances[0].transform = Transform(scale: Vector3(-1, 1, 1)).matrix
        let again = try ModelLoader().load(bytes: PLYWriter.encode(model), type: "ply")
        let mesh = again.meshes[0]
        var volume = 0.0
        for face in 0..<mesh.triangleCount {
            let p = (0..<3).map { mesh.position(Int(mesh.indices[3 * face + $0])) }
            volume += p[0].dot(p[1].cross(p[2])) / 6
        }
        let before = try load("cube-binary.stl").meshes[0]
        var original = 0.0
        for face in 0..<before.triangleCount {
            let p = (0..<3).map { before.position(Int(before.indices[3 * face + $0])) }
            original += p[0].dot(p[1].cross(p[2])) / 6
        }
        #expect(abs(volume - original) < 1e-5 && abs(abs(volume) - 6) < 1e-5)
    }

    @Test("what PLY cannot hold is said")
    func losses() throws {
        #expect(try PLYWriter.losses(load("cube-binary.stl")).isEmpty)
        #expect(try PLYWriter.losses(load("textured.glb")).contains { $0.contains("Pictures") })
        #expect(try PLYWriter.losses(load("cube.obj")).count == 2)
        #expect(try PLYWriter.losses(load("lights.gltf")).contains { $0.contains("lights") })
    }

    @Test("an empty model is a PLY without elements")
    func empty() {
        let text = String(decoding: PLYWriter.encode(Model()), as: UTF8.self)
        #expect(text.hasPrefix("ply\n") && text.contains("element face 0\n") && text.hasSuffix("end_header\n"))
    }
}
