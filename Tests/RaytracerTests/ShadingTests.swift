// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Raytracer
import Scene
import Testing

@Suite struct ShadingTests {
    /// Linear colour of a picture's middle pixel.
    private func middle(_ frame: Framebuffer) -> SIMD4<Float> {
        let color = frame.planes().color
        let i = 4 * ((frame.height / 2) * frame.width + frame.width / 2)
        return SIMD4(color[i], color[i + 1], color[i + 2], color[i + 3])
    }

    /// A large square in the plane z = 0 that faces the camera.
    private var wall: Model {
        var model = Model()
        model.primitives.boxes = [
            Primitives.Box(min: [-5, -5, -1], max: [5, 5, 0], color: [0.8, 0.4, 0.2, 1])
        ]
        return model
    }

    @Test("a directional light shades by Lambert's cosine over pi", arguments: [0.0, 30, 60, 80])
    func lambert(degrees: Double) throws {
        let angle = degrees * .pi / 180
        let light = Light.directional(direction: Vector3(sin(angle), 0, -cos(angle)), intensity: 2)
        let color = middle(
            try TestScenes.draw(try TestScenes.scene(wall, lights: [light]), TestScenes.front(height: 1), 3, 3))
        let expected = 2 * cos(angle) / Double.pi
        for (c, albedo) in [0.8, 0.4, 0.2].enumerated() {
            #expect(abs(Double(color[c]) - albedo * expected) < 1e-5)
        }
        #expect(color.w == 1)
    }

    @Test("light from behind a surface leaves it dark")
    func behind() throws {
        let light = Light.directional(direction: Vector3(0, 0, 1), intensity: 2)
        let color = middle(
            try TestScenes.draw(try TestScenes.scene(wall, lights: [light]), TestScenes.front(height: 1), 3, 3))
        #expect(color == SIMD4(0, 0, 0, 1))
    }

    @Test("without a light everything is black, and opaque where something is")
    func noLight() throws {
        let color = middle(try TestScenes.draw(try TestScenes.scene(wall), TestScenes.front(height: 1), 7, 5))
        #expect(color == SIMD4(0, 0, 0, 1))
    }

    @Test("ambient light gives its colour times the surface's, occluded or not on an open wall", arguments: [0, 1, 4])
    func ambient(rays: Int) throws {
        var settings = RendererSettings(ambientOcclusionSamples: rays, background: SIMD4(0, 0, 0, 0))
        settings.samplesPerPixel = 4
        let scene = try TestScenes.scene(wall, lights: [.ambient(color: Vector3(1, 0.5, 0.25), intensity: 0.5)])
        let color = middle(try TestScenes.draw(scene, TestScenes.front(height: 1), 3, 3, settings))
        #expect(abs(color.x - 0.4) < 1e-5 && abs(color.y - 0.1) < 1e-5 && abs(color.z - 0.025) < 1e-5)
    }

    @Test("a point light falls off with the square of the distance")
    func point() throws {
        let light = Light.sphere(position: Vector3(0, 0, 3), intensity: 9)
        let color = middle(
            try TestScenes.draw(try TestScenes.scene(wall, lights: [light]), TestScenes.front(height: 0.001), 1, 1))
        #expect(abs(Double(color.x) - 0.8 / .pi) < 1e-4)
    }

    @Test("a ball of light shines as its cone of radiance")
    func ball() throws {
        let light = Light.sphere(position: Vector3(0, 0, 4), radius: 2, intensity: 3)
        let color = middle(
            try TestScenes.draw(try TestScenes.scene(wall, lights: [light]), TestScenes.front(height: 0.001), 1, 1))
        let cone = 2 * Double.pi * (1 - (1 - 0.25).squareRoot())
        #expect(abs(Double(color.x) - 0.8 / .pi * cone * 3 / (.pi * 4)) < 1e-4)
    }

    @Test("a quad shines to the side of edge1 × edge2 only", arguments: [true, false])
    func quad(faces: Bool) throws {
        let edges = faces ? (Vector3(0, 1, 0), Vector3(1, 0, 0)) : (Vector3(1, 0, 0), Vector3(0, 1, 0))
        let light = Light.quad(position: Vector3(-0.5, -0.5, 2), edge1: edges.0, edge2: edges.1, intensity: 8)
        let color = middle(
            try TestScenes.draw(try TestScenes.scene(wall, lights: [light]), TestScenes.front(height: 0.001), 1, 1))
        #expect(abs(Double(color.x) - (faces ? 0.8 / .pi * 8 / 4 : 0)) < 1e-4)
    }

    @Test("something between a surface and the light makes a shadow, if shadows are on", arguments: [true, false])
    func shadow(shadows: Bool) throws {
        let light = Light.directional(direction: Vector3(-1, 0, -1), intensity: .pi * 2.0.squareRoot())
        let scene = try TestScenes.scene(wall, TestScenes.sphere([2, 0, 2], radius: 0.5), lights: [light])
        let settings = RendererSettings(shadows: shadows, background: SIMD4(0, 0, 0, 0))
        let color = middle(try TestScenes.draw(scene, TestScenes.front(height: 0.1), 3, 3, settings))
        #expect(abs(color.x - (shadows ? 0 : 0.8)) < 1e-4)
    }

    @Test("a half transparent sphere lets a quarter of the light through")
    func transparentShadow() throws {
        let light = Light.directional(direction: Vector3(-1, 0, -1), intensity: .pi * 2.0.squareRoot())
        let sphere = TestScenes.sphere([2, 0, 2], radius: 0.5, color: [1, 1, 1, 0.5])
        let scene = try TestScenes.scene(wall, sphere, lights: [light])
        let color = middle(try TestScenes.draw(scene, TestScenes.front(height: 0.1), 3, 3))
        #expect(abs(color.x - 0.2) < 1e-4)
    }

    @Test("a corner is darker than an open wall under ambient occlusion")
    func occlusion() throws {
        var model = wall
        model.primitives.boxes.append(Primitives.Box(min: [0.05, -5, 0], max: [5, 5, 5], color: [1, 1, 1, 1]))
        let scene = try TestScenes.scene(model, lights: [.ambient()])
        var settings = RendererSettings(ambientOcclusionSamples: 64, background: SIMD4(0, 0, 0, 0))
        settings.samplesPerPixel = 1
        let color = middle(try TestScenes.draw(scene, TestScenes.front(height: 0.001), 1, 1, settings))
        // The wall beside the place takes about half of its sky.
        #expect(color.x > 0.8 * 0.4 && color.x < 0.8 * 0.6)
    }
}
