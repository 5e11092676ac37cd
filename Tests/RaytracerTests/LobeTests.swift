// SPDX-License-Identifier: Apache-2.0
import Models
import Scene
import Testing

@testable import Raytracer

/// How the path tracer draws Brayns' materials.
@Suite struct LobeTests {
    private let even: [Light] = [.ambient()]

    private func settings(_ samples: Int, background: SIMD4<Double> = .zero) -> RendererSettings {
        RendererSettings(kind: .production, samplesPerPixel: samples, maxRayBounces: 4, background: background)
    }

    /// Mean linear colour of a small picture of a sphere around a place of it, seen by parallel rays.
    private func color(
        _ color: SIMD4<Float>, _ material: MaterialOverride, lights: [Light], at x: Double = 0, samples: Int = 64,
        background: SIMD4<Double> = .zero, width: Double = 0.05
    ) throws -> SIMD4<Float> {
        let asset = try GeometryAsset(TestScenes.sphere(color: color))
        let scene = try RenderScene(instances: [RenderInstance(asset: asset, material: material)], lights: lights)
        let camera = CameraSettings(
            view: View(position: Vector3(x, 0, 10), target: Vector3(x, 0, 0)), projection: .orthographic(height: width))
        let pixels = try TestScenes.draw(scene, camera, 16, 16, settings(samples, background: background))
            .planes().color
        return stride(from: 0, to: pixels.count, by: 4).reduce(SIMD4<Float>(repeating: 0)) { sum, i in
            sum + SIMD4(pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3])
        } / 256
    }

    private func highlight(_ material: MaterialOverride, at x: Double) throws -> Float {
        try color([1, 1, 1, 1], material, lights: [.directional(direction: Vector3(0, 0, -1))], at: x).x
    }

    @Test("white metal loses no light of an even sky to its microfacets, however rough", arguments: [0.1, 0.5, 1])
    func whiteMetal(roughness: Double) throws {
        #expect(abs(try color([1, 1, 1, 1], .metal(roughness: roughness), lights: even).x - 1) < 0.03)
    }

    @Test("coloured metal is darker in what it absorbs, and the more so the rougher it is")
    func colouredMetal() throws {
        let smooth = try color([1, 0.5, 0, 1], .metal(roughness: 0.1), lights: even)
        let rough = try color([1, 0.5, 0, 1], .metal(roughness: 1), lights: even)
        #expect(abs(smooth.y - 0.5) < 0.02 && smooth.z < 0.02)
        #expect(rough.y < smooth.y - 0.05 && rough.y > 0.25)
    }

    @Test("a coat over white gives an even sky back whole, head-on and at the edge", arguments: [0, 0.7, 0.95])
    func plastic(x: Double) throws {
        #expect(abs(try color([1, 1, 1, 1], .plastic(), lights: even, at: x).x - 1) < 0.04)
    }

    @Test("a coat mirrors the sky in its own white even over a coloured base")
    func coatColor() throws {
        let plastic = try color([1, 0, 0, 1], .plastic(), lights: even)
        #expect(abs(plastic.y - 0.04) < 0.01)
        #expect(try color([1, 0, 0, 1], .matte(), lights: even).y == 0)
    }

    @Test("half opaque plastic shows half of what is behind each of two surfaces")
    func opacity() throws {
        let half = try color(
            [0, 0, 0, 1], .plastic(opacity: 0.5), lights: [], samples: 256, background: SIMD4(1, 1, 1, 0))
        #expect(abs(half.x - 0.25) < 0.02 && abs(half.w - 0.75) < 0.02)
    }

    @Test("a matte surface is flatter than a smooth one: brighter where light grazes")
    func matte() throws {
        let (matte, plain) = (try highlight(.matte(), at: 0.9), try highlight(.phong(), at: 0.9))
        #expect(matte > plain * 1.15)
    }

    @Test("flakes show as often as their density says, and grey on red paint")
    func flakes() throws {
        // Green comes from flakes and from the coat alone.
        func green(_ density: Double) throws -> Float {
            try color(
                [1, 0, 0, 1], .carpaint(flakeDensity: density), lights: even, samples: 16, width: 0.8
            ).y
        }
        let (none, half, full) = (try green(0), try green(0.5), try green(1))
        #expect(none < 0.06 && full > 0.6)
        #expect(abs((half - none) / (full - none) - 0.5) < 0.08)
    }

    @Test("metal of the principled material has its colour head-on and that of its edge at the edge")
    func edges() throws {
        var parameters = PrincipledParameters()
        parameters.metallic = 1
        parameters.roughness = 0.1
        parameters.edgeColor = SIMD3(1, 0, 0)
        let middle = try color([0.5, 0.5, 0.5, 1], .principled(parameters), lights: even)
        #expect(abs(middle.x - 0.5) < 0.03 && abs(middle.y - 0.5) < 0.03)
        let edge = try color([0.5, 0.5, 0.5, 1], .principled(parameters), lights: even, at: 0.97, width: 0.01)
        #expect(edge.x > edge.y + 0.05)
    }

    private func glossy(roughness: Double, ior: Double = 1.5) -> MaterialOverride {
        var parameters = PrincipledParameters()
        (parameters.ior, parameters.roughness) = (ior, roughness)
        return .principled(parameters)
    }

    @Test("a glossy boundary over white loses nothing of an even sky that its base keeps", arguments: [0, 0.2, 0.5, 1])
    func glossFurnace(roughness: Double) throws {
        for x in [0, 0.7, 0.95] {
            let seen = try color([1, 1, 1, 1], glossy(roughness: roughness), lights: even, at: x, samples: 128)
            // Rough bases by Oren and Nayar's law lose some, as OSPRay's do: what its rows of facets bounce on.
            let bare = try color([1, 1, 1, 1], glossy(roughness: roughness, ior: 1), lights: even, at: x, samples: 128)
            #expect(seen.x > bare.x - 0.02 && seen.x < 1.03, "at \(x): \(seen.x) of \(bare.x)")
            if roughness < 0.3 { #expect(abs(seen.x - 1) < 0.06, "at \(x)") }
        }
    }

    @Test("a glossy boundary mirrors a light in white where the half vector meets the normal, the wider the rougher")
    func glossHighlight() throws {
        let sun: [Light] = [.directional(direction: Vector3(0, 0, -1))]
        func green(_ material: MaterialOverride, _ x: Double) throws -> Float {
            try color([1, 0, 0, 1], material, lights: sun, at: x).y
        }
        let (narrow, wide) = (glossy(roughness: 0.4), glossy(roughness: 0.7))
        // Head-on the facets' density is 1 / (pi alpha^2), of which a 25th is mirrored into four times the angle.
        #expect(abs(try green(narrow, 0) - 0.04 / (4 * .pi * 0.0256)) < 0.01)
        #expect(try green(narrow, 0.5) < green(wide, 0.5))
        #expect(try green(glossy(roughness: 0.4, ior: 1), 0) == 0)
    }

    @Test("curves of gloss come near the integrals they stand for", arguments: [1.3, 1.5, 2])
    func glossCurve(ior: Double) {
        for roughness in [0, 0.3, 0.7, 1] {
            let factors = SIMD4<Double>(GlossCurve.factors(ior: ior, roughness: roughness))
            // Head-on only the first factor counts; a smooth boundary mirrors ((n - 1) / (n + 1))^2 there.
            let smooth = (ior - 1) * (ior - 1) / ((ior + 1) * (ior + 1))
            #expect(factors.x < smooth + 0.005 && factors.x > smooth * 0.2)
            // Grazing light is mirrored most.
            #expect(factors.sum() > factors.x)
        }
    }

    @Test("anisotropic metal has a longer highlight one way than the other")
    func anisotropy() throws {
        func light(_ rotation: Double) throws -> Float {
            var parameters = PrincipledParameters()
            (parameters.metallic, parameters.roughness) = (1, 0.5)
            (parameters.anisotropy, parameters.anisotropyRotation) = (1, rotation)
            return try highlight(.principled(parameters), at: 0.35)
        }
        let (along, across) = (try light(0), try light(0.25))
        #expect(max(along, across) > 1.5 * min(along, across))
    }

    @Test("a ghost adds its colour to what is behind and hides nothing of the background")
    func ghost() throws {
        let background = SIMD4(0.25, 0.25, 0.25, 0)
        let middle = try color([1, 0, 0, 1], .ghost, lights: [], samples: 4, background: background)
        #expect(abs(middle.x - 0.25) < 1e-3 && middle.w < 1e-3)
        // At 0.8 the cosine is 0.6: 0.064 in front, and as much behind, twice dimmed by the front.
        let side = try color(
            [1, 0, 0, 1], .ghost, lights: even, at: 0.8, samples: 4, background: background, width: 1e-4)
        #expect(abs(side.x - (0.25 + 0.064 + 0.064 * 0.936 * 0.936)) < 1e-3)
        #expect(side.y == 0.25 && abs(side.w - 0.128) < 1e-3)
    }
}
