// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Models
import Raytracer
import Scene

/// Scenes and pictures that several suites draw.
enum TestScenes {
    /// A cube from -1 to 1 with a normal a face, as Brayns' test file has it.
    static var cube: Model {
        var mesh = Mesh()
        for axis in 0..<3 {
            for side: Float in [-1, 1] {
                let first = UInt32(mesh.vertexCount)
                for (a, b): (Float, Float) in [(-1, -1), (1, -1), (1, 1), (-1, 1)] {
                    var corner = SIMD3<Float>(a, b, 0)
                    corner = axis == 0 ? [side, a, b] : axis == 1 ? [a, side, b] : [a, b, side]
                    mesh.positions += [corner.x, corner.y, corner.z]
                    var normal = SIMD3<Float>(0, 0, 0)
                    normal[axis] = side
                    mesh.normals += [normal.x, normal.y, normal.z]
                }
                mesh.indices += [0, 1, 2, 0, 2, 3].map { $0 + first }
            }
        }
        var model = Model()
        model.meshes = [mesh]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        return model
    }

    static func sphere(
        _ center: SIMD3<Float> = [0, 0, 0], radius: Float = 1, color: SIMD4<Float> = [1, 1, 1, 1]
    ) -> Model {
        var model = Model()
        model.primitives.spheres = [Primitives.Sphere(center: center, radius: radius, color: color)]
        return model
    }

    static func scene(_ models: Model..., lights: [Light] = []) throws -> RenderScene {
        try RenderScene(instances: models.map { RenderInstance(asset: try GeometryAsset($0)) }, lights: lights)
    }

    /// Looks along -z at the origin, with parallel rays: a pixel is `height / rows` scene units wide.
    static func front(height: Double) -> CameraSettings {
        CameraSettings(
            view: View(position: Vector3(0, 0, 10), target: .zero), projection: .orthographic(height: height))
    }

    static func draw(
        _ scene: RenderScene, _ camera: CameraSettings, _ width: Int, _ height: Int,
        _ settings: RendererSettings = RendererSettings(background: SIMD4(0, 0, 0, 0)), threads: Int? = nil,
        kernels: ShadingKernels = .current
    ) throws -> Framebuffer {
        let framebuffer = Framebuffer(width: width, height: height)
        var task = FrameRenderTask(scene: scene, camera: camera, settings: settings, threads: threads)
        task.kernels = kernels
        try task.render(into: framebuffer)
        return framebuffer
    }
}
