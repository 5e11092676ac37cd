// SPDX-License-Identifier: Apache-2.0
import Foundation
import ImageCore
import Models
import Raytracer
import Scene
import Testing

@Suite struct GeometryTests {
    /// Share of a picture's pixels that show something.
    private func coverage(_ frame: Framebuffer) -> Double {
        let color = frame.planes().color
        let sum = stride(from: 3, to: color.count, by: 4).reduce(0.0) { $0 + Double(color[$1]) }
        return sum / Double(frame.width * frame.height)
    }

    private func coverage(_ model: Model, height: Double = 4) throws -> Double {
        let frame = try TestScenes.draw(try TestScenes.scene(model), TestScenes.front(height: height), 256, 256)
        return coverage(frame) * height * height
    }

    @Test("a sphere covers pi r²", arguments: [0.25, 1, 1.9] as [Float])
    func sphere(radius: Float) throws {
        let area = try coverage(TestScenes.sphere(radius: radius))
        #expect(abs(area - .pi * Double(radius * radius)) < 0.02 * Double(radius) + 0.002)
    }

    @Test("a capsule covers its rectangle and its two ends")
    func capsule() throws {
        var model = Model()
        model.primitives.capsules = [
            Primitives.Capsule(p0: [-1, 0, 0], p1: [1, 0, 0], r0: 0.5, r1: 0.5, color: [1, 1, 1, 1])
        ]
        #expect(abs(try coverage(model) - (2 + .pi / 4)) < 0.02)
        #expect(try GeometryAsset(model).bounds == Bounds(min: Vector3(-1.5, -0.5, -0.5), max: Vector3(1.5, 0.5, 0.5)))
    }

    @Test("boxes, bounded planes and planes without end cover what they should")
    func flat() throws {
        var model = Model()
        model.primitives.boxes = [Primitives.Box(min: [-1, -0.5, -1], max: [1, 0.5, 1], color: [1, 1, 1, 1])]
        #expect(abs(try coverage(model) - 2) < 0.02)
        model.primitives = Primitives()
        model.primitives.planes = [
            Primitives.Plane(
                coefficients: [0, 0, 1, 0.25], boundsMin: [-1, -1, -1], boundsMax: [0.5, 1, 1], color: [1, 1, 1, 1])
        ]
        #expect(abs(try coverage(model) - 3) < 0.03)
        model.primitives.planes = [Primitives.Plane(coefficients: [0, 1, 1, 0], color: [1, 1, 1, 1])]
        #expect(try coverage(model) == 16)
        #expect(try GeometryAsset(model).bounds.isEmpty)
    }

    @Test("a plane outside its box shows nothing")
    func planeOutside() throws {
        var model = Model()
        model.primitives.planes = [
            Primitives.Plane(
                coefficients: [0, 0, 1, 5], boundsMin: [-1, -1, -1], boundsMax: [1, 1, 1], color: [1, 1, 1, 1])
        ]
        #expect(try coverage(model) == 0)
    }

    @Test("bounds and counts are those of the mesh, and of the instance's transform")
    func bounds() throws {
        let asset = try GeometryAsset(TestScenes.cube)
        #expect(asset.triangleCount == 12)
        #expect(asset.bounds == Bounds(min: Vector3(-1, -1, -1), max: Vector3(1, 1, 1)))
        let moved = Matrix4(SIMD4(2, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(10, 0, 0, 1))
        let scene = try RenderScene(instances: [
            RenderInstance(asset: asset), RenderInstance(asset: asset, transform: moved),
            RenderInstance(asset: asset, transform: moved, isVisible: false),
        ])
        #expect(scene.bounds == Bounds(min: Vector3(-1, -1, -1), max: Vector3(12, 1, 1)))
        #expect(scene.triangleCount == 24)
    }

    @Test("nothing at all is a scene too")
    func nothing() throws {
        let scene = try RenderScene(instances: [])
        #expect(scene.bounds.isEmpty && scene.triangleCount == 0)
        #expect(try GeometryAsset(Model()).bounds.isEmpty)
        let frame = try TestScenes.draw(scene, TestScenes.front(height: 1), 7, 5)
        #expect(frame.planes().color.allSatisfy { $0 == 0 })
        #expect(frame.planes().depth.allSatisfy { $0 == .infinity })
    }

    @Test("triangles that are degenerate, not finite or name missing corners are left out, the others drawn")
    func broken() throws {
        var model = TestScenes.cube
        model.meshes[0].positions += [.nan, 0, 0, .infinity, 0, 0, 3, 3, 3]
        model.meshes[0].normals += [0, 0, 0, .nan, 0, 0, 0, 0, 0]
        model.meshes[0].indices += [0, 1, 24, 0, 25, 2, 26, 26, 26, 0, 1, 4000, 5]
        let asset = try GeometryAsset(model)
        #expect(asset.warnings.count == 1)
        #expect(abs(try coverage(model) - 4) < 0.04)
        #expect(asset.bounds == Bounds(min: Vector3(-1, -1, -1), max: Vector3(3, 3, 3)))
        model.instances.append(Model.Instance(mesh: 7, transform: .identity))
        #expect(try GeometryAsset(model).warnings.count == 2)
    }

    @Test("an instance that is flat or not finite shows nothing", arguments: [0, Double.nan, 1e300])
    func flatInstance(scale: Double) throws {
        let m = Matrix4(SIMD4(scale, 0, 0, 0), SIMD4(0, 1, 0, 0), SIMD4(0, 0, 1, 0), SIMD4(0, 0, 0, 1))
        let scene = try RenderScene(instances: [
            RenderInstance(asset: try GeometryAsset(TestScenes.cube), transform: m)
        ])
        #expect(coverage(try TestScenes.draw(scene, TestScenes.front(height: 4), 16, 16)) == 0)
    }

    @Test("a mesh that occurs often is built once and stands everywhere")
    func nested() throws {
        var model = Model()
        model.meshes = [Self.ball(rings: 12)]
        for x in [-1.5, 0, 1.5] {
            let m = Matrix4(SIMD4(0.5, 0, 0, 0), SIMD4(0, 0.5, 0, 0), SIMD4(0, 0, 0.5, 0), SIMD4(x, 0, 0, 1))
            model.instances.append(Model.Instance(mesh: 0, transform: m))
        }
        let asset = try GeometryAsset(model)
        #expect(asset.triangleCount == 3 * model.meshes[0].triangleCount)
        #expect(abs(asset.bounds.max.x - 2) < 1e-6)
        #expect(abs(try coverage(model) - 3 * .pi / 4) < 0.08)
    }

    @Test("a million triangles are built and drawn")
    func million() throws {
        var model = Model()
        model.meshes = [Self.ball(rings: 710)]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        #expect(model.meshes[0].triangleCount > 1_000_000)
        #expect(abs(try coverage(model) - .pi) < 0.02)
    }

    // In a process of its own: the other tests' memory would be counted too.
    @Test("a thousand builds leave no memory behind")
    func leaks() async {
        await #expect(processExitsWith: .success) {
            var model = Model()
            model.meshes = [GeometryTests.ball(rings: 40)]
            model.instances = [Model.Instance(mesh: 0, transform: .identity)]
            func build() throws {
                _ = try TestScenes.draw(try TestScenes.scene(model), TestScenes.front(height: 4), 8, 8)
            }
            for _ in 0..<200 { try build() }
            let before = try GeometryTests.residentBytes()
            for _ in 0..<1000 { try build() }
            // A build of this ball takes a megabyte: a thousand of them would be seen.
            #expect(try GeometryTests.residentBytes() - before < 50_000_000)
        }
    }

    static func residentBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = text.split(separator: " ").compactMap { Int($0) }
        return pages[1] * 4096
    }

    /// A ball of radius 1 as quads between rings, halved.
    static func ball(rings: Int) -> Mesh {
        var mesh = Mesh()
        for i in 0...rings {
            for j in 0...rings {
                let (a, b) = (Double(i) / Double(rings) * .pi, Double(j) / Double(rings) * 2 * .pi)
                let p = [sin(a) * cos(b), cos(a), sin(a) * sin(b)].map { Float($0) }
                mesh.positions += p
                mesh.normals += p
            }
        }
        let row = UInt32(rings + 1)
        for i in 0..<UInt32(rings) {
            for j in 0..<UInt32(rings) {
                let k = i * row + j
                mesh.indices += [k, k + 1, k + row, k + 1, k + row + 1, k + row]
            }
        }
        return mesh
    }
}
