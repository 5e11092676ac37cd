// SPDX-License-Identifier: Apache-2.0
import Models
import Scene
import Testing

@testable import Raytracer

/// Normals and surface colours behind what is clear.
@Suite struct GuideTests {
    /// The means of a small picture's middle, towards a wall, with a green ball behind or far before it.
    private func middle(
        _ color: SIMD4<Float>, _ material: MaterialOverride?, kernels: ShadingKernels = .current, ballAt: Float? = 0
    ) throws -> (normal: SIMD3<Float>, albedo: SIMD3<Float>) {
        var wall = Model()
        wall.primitives.planes = [Primitives.Plane(coefficients: [0, 0, 1, 3], color: color)]
        var instances = [RenderInstance(asset: try GeometryAsset(wall), material: material)]
        // The ball's near side leans to the right as seen through the middle.
        if let ballAt {
            let ball = TestScenes.sphere([-0.6, 0, ballAt], radius: 1, color: [0, 0.5, 0, 1])
            instances.append(RenderInstance(asset: try GeometryAsset(ball)))
        }
        let scene = try RenderScene(instances: instances, lights: [.ambient()])
        let settings = RendererSettings(kind: .production, samplesPerPixel: 64, maxRayBounces: 8, background: .zero)
        let planes = try TestScenes.draw(scene, TestScenes.front(height: 0.1), 8, 8, settings, kernels: kernels)
            .planes()
        func mean(_ plane: [Float]) -> SIMD3<Float> {
            stride(from: 0, to: plane.count, by: 3).reduce(SIMD3(repeating: 0)) {
                $0 + SIMD3(plane[$1], plane[$1 + 1], plane[$1 + 2])
            } / 64
        }
        return (mean(planes.normal), mean(planes.albedo))
    }

    @Test("through glass they are those of what stands behind, in its tint", arguments: ShadingKernels.allCases)
    func glass(kernels: ShadingKernels) throws {
        guard kernels.isSupported else { return }
        let seen = try middle([0.5, 1, 1, 1], .glass(), kernels: kernels)
        #expect(seen.albedo.y > 0.35 && seen.albedo.y < 0.55 && seen.albedo.x < 0.2)
        #expect(seen.normal.x > 0.4 && seen.normal.z > 0.6)
    }

    @Test("glass before nothing keeps its own direction and tint")
    func nothingBehind() throws {
        let seen = try middle([0.5, 1, 1, 1], .glass(), ballAt: nil)
        #expect(seen.normal.z > 0.99)
        #expect(seen.albedo.y > 0.9 && seen.albedo.x < 0.7)
    }

    @Test("behind what is half clear they are mixed of both")
    func halfClear() throws {
        let seen = try middle([1, 0, 0, 0.5], nil)
        #expect(seen.albedo.x > 0.1 && seen.albedo.x < 0.7 && seen.albedo.y > 0.15 && seen.albedo.y < 0.35)
    }

    @Test("in polished metal they are those of what it mirrors, in rough metal its own")
    func mirrors() throws {
        let polished = try middle([1, 0.5, 0.2, 1], .metal(roughness: 0.01), ballAt: 20)
        #expect(polished.normal.z < -0.5 && polished.albedo.y > 0.15 && polished.albedo.y < 0.35)
        #expect(polished.albedo.x < 0.01)
        let rough = try middle([1, 0.5, 0.2, 1], .metal(roughness: 0.5), ballAt: 20)
        #expect(rough.normal.z > 0.99 && abs(rough.albedo.x - 1) < 0.01 && abs(rough.albedo.y - 0.5) < 0.01)
    }
}
