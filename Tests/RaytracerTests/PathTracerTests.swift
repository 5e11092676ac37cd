// SPDX-License-Identifier: Apache-2.0
import Foundation
import ImageCore
import Models
import Raytracer
import Scene
import Testing

@Suite struct PathTracerTests {
    private func settings(_ samples: Int = 64, bounces: Int = 4, background: SIMD4<Double> = .zero) -> RendererSettings
    {
        RendererSettings(
            kind: .production, samplesPerPixel: samples, maxRayBounces: bounces, background: background)
    }

    /// Mean linear colour of a small picture of a sphere's middle.
    private func middle(
        _ color: SIMD4<Float>, _ material: MaterialOverride?, _ lights: [Light], _ settings: RendererSettings
    ) throws -> SIMD4<Float> {
        let asset = try GeometryAsset(TestScenes.sphere(color: color))
        let scene = try RenderScene(instances: [RenderInstance(asset: asset, material: material)], lights: lights)
        let pixels = try TestScenes.draw(scene, TestScenes.front(height: 0.1), 8, 8, settings).planes().color
        return stride(from: 0, to: pixels.count, by: 4).reduce(SIMD4<Float>(repeating: 0)) { sum, i in
            sum + SIMD4(pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3])
        } / 64
    }

    @Test("a surface under an even sky reflects its colour", arguments: [Float(1), 0.5, 0.1])
    func furnace(albedo: Float) throws {
        let color = try middle([albedo, albedo, albedo, 1], nil, [.ambient()], settings())
        #expect(abs(color.x - albedo) < 0.02 * albedo)
        #expect(color.w == 1)
    }

    @Test("a directional light shades by Lambert's cosine over pi, as in the interactive renderer")
    func lambert() throws {
        let light = Light.directional(direction: Vector3(0, 0, -1), intensity: 2)
        let color = try middle([0.8, 0.4, 0.2, 1], nil, [light], settings(16))
        #expect(abs(color.x - 0.8 * 2 / .pi) < 0.01 && abs(color.z - 0.2 * 2 / .pi) < 0.01)
    }

    @Test("which light is asked is chance, and on average all are; where they differ, neighbours do")
    func chosenLights() throws {
        let lights: [Light] = [
            .ambient(intensity: 0.2), .directional(direction: Vector3(0, 0, -1), intensity: 2),
            .directional(direction: Vector3(0, -1, -2), intensity: 1),
        ]
        let alone = try lights.reduce(0) { try $0 + middle([1, 1, 1, 1], nil, [$1], settings(16)).x }
        #expect(abs(try middle([1, 1, 1, 1], nil, lights, settings(256)).x - alone) < 0.01 * alone)
        let scene = try TestScenes.scene(TestScenes.sphere(), lights: lights)
        let pixels = try TestScenes.draw(scene, TestScenes.front(height: 0.1), 8, 8, settings(1)).planes().color
        // None to all three asks go to the strongest of them.
        #expect(Set(stride(from: 0, to: 256, by: 4).map { Int((pixels[$0] * 10).rounded()) }).count > 3)
    }

    @Test("each pixel chooses for itself where its paths start, so that edges are grainy")
    func ownPlaces() throws {
        let scene = try TestScenes.scene(TestScenes.cube, lights: [.ambient()])
        let pixels = try TestScenes.draw(scene, TestScenes.front(height: 4), 64, 64, settings(1)).planes().color
        let widths = (24..<40).map { row in (0..<64).count { pixels[4 * (64 * row + $0) + 3] > 0 } }
        #expect(Set(widths).count > 1 && abs(widths.reduce(0, +) - 16 * 32) < 16)
    }

    @Test("quads and balls of light give what their solid angle asks for")
    func areaLights() throws {
        // Far enough away that both are nearly points: irradiance is intensity over distance squared.
        let ball = Light.sphere(position: Vector3(0, 0, 21), radius: 1, intensity: 400)
        #expect(abs(try middle([1, 1, 1, 1], nil, [ball], settings()).x - 1 / .pi) < 0.01)
        let quad = Light.quad(
            position: Vector3(-0.5, -0.5, 21), edge1: Vector3(0, 1, 0), edge2: Vector3(1, 0, 0), intensity: 400)
        #expect(abs(try middle([1, 1, 1, 1], nil, [quad], settings()).x - 1 / .pi) < 0.01)
    }

    @Test("what shines shows its own light and hides what is behind")
    func emissive() throws {
        let material = MaterialOverride.emissive(color: SIMD3(1, 0.5, 0), intensity: 3)
        let color = try middle([1, 1, 1, 1], material, [.ambient()], settings(4))
        #expect(color == SIMD4(3, 1.5, 0, 1))
    }

    @Test("glass lets most of the background through and takes on its colour")
    func glass() throws {
        let background = settings(background: SIMD4(1, 1, 1, 0))
        let clear = try middle([1, 1, 1, 1], .glass(), [], background)
        // Two sheets at right angles: each lets 1 - 2R / (1 + R) through, with R = 0.04.
        #expect(abs(clear.x - 0.8521) < 0.03)
        #expect(abs((1 - clear.w) - 0.8521) < 0.03)
        let red = try middle([1, 0.25, 0, 1], .glass(), [], background)
        #expect(abs(red.x - clear.x) < 0.03 && red.y < 0.1 && red.z < 0.01)
    }

    @Test("opacity is the share of light that stays, on each of two surfaces")
    func opacity() throws {
        let color = try middle([0, 0, 0, 0.5], nil, [], settings(256, background: SIMD4(1, 1, 1, 0)))
        #expect(abs(color.x - 0.25) < 0.01 && abs(color.w - 0.75) < 0.01)
    }

    @Test("without bounces nothing is shaded, without lights all is black")
    func dark() throws {
        #expect(try middle([1, 1, 1, 1], nil, [.ambient()], settings(4, bounces: 0)) == SIMD4(0, 0, 0, 1))
        #expect(try middle([1, 1, 1, 1], nil, [], settings(4)) == SIMD4(0, 0, 0, 1))
    }

    @Test("light bounces from a red wall onto a white floor")
    func bleeding() throws {
        var model = Model()
        model.primitives.boxes = [
            Primitives.Box(min: [-5, -5, -1], max: [5, 5, 0], color: [1, 1, 1, 1]),
            Primitives.Box(min: [0.3, -5, 0], max: [0.4, 5, 5], color: [1, 0, 0, 1]),
        ]
        let light = Light.directional(direction: Vector3(1, 0, -1), intensity: 3)
        let scene = try TestScenes.scene(model, lights: [light])
        func floor(_ bounces: Int) throws -> (red: Float, green: Float) {
            let color = try TestScenes.draw(scene, TestScenes.front(height: 0.1), 4, 4, settings(64, bounces: bounces))
                .planes().color
            return (color[0], color[1])
        }
        let (direct, indirect) = (try floor(1), try floor(3))
        #expect(abs(direct.red - direct.green) < 1e-4)
        #expect(indirect.red > direct.red * 1.1)
        #expect(abs(indirect.green - direct.green) < 0.02)
    }

    @Test("what is out of focus is blurred, what is in focus is not")
    func depthOfField() throws {
        let scene = try TestScenes.scene(TestScenes.sphere(radius: 1))
        func partial(_ radius: Double, _ focus: Double) throws -> Int {
            let camera = CameraSettings(
                view: View(position: Vector3(0, 0, 10), target: .zero),
                projection: .perspective(fovy: 20, apertureRadius: radius, focusDistance: focus))
            let color = try TestScenes.draw(scene, camera, 64, 64, settings(16)).planes().color
            return stride(from: 3, to: color.count, by: 4).count { color[$0] > 0.1 && color[$0] < 0.9 }
        }
        let (sharp, focused, blurred) = (try partial(0, 10), try partial(0.5, 10), try partial(0.5, 4))
        #expect(focused < 2 * sharp)
        #expect(blurred > 3 * sharp)
    }

    @Test("threads and builds of the kernels do not change the picture", arguments: ShadingKernels.allCases)
    func deterministic(kernels: ShadingKernels) throws {
        guard kernels.isSupported else { return }
        let scene = try TestScenes.scene(
            TestScenes.cube, TestScenes.sphere([1.5, 0.5, 1.5], radius: 0.7, color: [1, 0.3, 0.2, 0.4]),
            lights: [.ambient(intensity: 0.3), .sphere(position: Vector3(0, 4, 3), radius: 0.5, intensity: 20)])
        let camera = CameraSettings(view: View(position: Vector3(4, 3, 5), target: .zero))
        let one = try TestScenes.draw(scene, camera, 37, 35, settings(3), threads: 1, kernels: .base)
        let other = try TestScenes.draw(scene, camera, 37, 35, settings(3), threads: 3, kernels: kernels)
        if kernels == .base { #expect(one.planes().color == other.planes().color) }
        let pairs = zip(one.encoded8().packedBytes(), other.encoded8().packedBytes())
        #expect(pairs.allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }
}
