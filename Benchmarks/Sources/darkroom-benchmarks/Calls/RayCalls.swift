// SPDX-License-Identifier: Apache-2.0
import CPeers
import Codecs
import Foundation
import Models
import Raytracer
import Scene

/// Models to pictures: our ray tracer, and Embree without it.
enum RayCalls {
    /// One ray a pixel, shaded by a light from everywhere; work is rays.
    static func primary(_ options: CallOptions) throws -> PreparedCall {
        let size = try options.size()
        let scene = try RenderScene(
            instances: [RenderInstance(asset: asset(try options.model()))], lights: [.ambient()])
        let task = FrameRenderTask(
            scene: scene, camera: camera(scene.bounds, size),
            settings: RendererSettings(samplesPerPixel: 1, shadows: false), threads: threads)
        let frame = Framebuffer(width: size.width, height: size.height, channels: .colorOnly)
        return PreparedCall(work: Double(size.width * size.height)) {
            try task.render(into: frame)
            return nil
        }
    }

    /// The same rays through Embree alone.
    static func embree(_ options: CallOptions) throws -> PreparedCall {
        let size = try options.size()
        let model = try ModelLoader().load(path: options.model())
        let rays = try BareRays(model, threads: threads)
        var camera = BareRays.camera(Self.camera(model.bounds, size), size)
        return PreparedCall(work: Double(size.width * size.height)) {
            guard peers_rays_trace(rays.handle, &camera, Int32(size.width), Int32(size.height)) > 0 else {
                throw Failure("no ray of Embree's hit the model")
            }
            return nil
        }
    }

    /// The path traced scene that Peers/ray_peers.py draws with Mitsuba; work is samples.
    static func path(_ options: CallOptions) throws -> PreparedCall {
        let size = try options.size()
        let samples = try options.number("samples", or: 4)
        let knot = RenderInstance(asset: try asset(options.model()), material: .matte(), color: SIMD4(0.8, 0.5, 0.3, 1))
        let floor = RenderInstance(
            asset: try GeometryAsset(PathScene.floor), material: .matte(), color: SIMD4(0.8, 0.8, 0.8, 1))
        let scene = try RenderScene(
            instances: [knot, floor],
            lights: [
                .ambient(intensity: 0.5),
                .quad(
                    position: Vector3(-2, 6, -2), edge1: Vector3(4, 0, 0), edge2: Vector3(0, 0, 4), intensity: 10),
            ])
        let view = View(position: Vector3(0, 4, 11), target: Vector3(0, 0, 0))
        let task = FrameRenderTask(
            scene: scene, camera: CameraSettings(view: view, projection: .perspective(fovy: 45)),
            // Depth 6 is five meetings with surfaces: the first and four bounces.
            settings: RendererSettings(kind: .production, samplesPerPixel: samples, maxRayBounces: 4),
            threads: threads)
        let frame = Framebuffer(width: size.width, height: size.height, channels: .colorOnly)
        return PreparedCall(work: Double(size.width * size.height * samples)) {
            try task.render(into: frame)
            return nil
        }
    }

    /// A model's file to a PNG, as `darkroom thumbnail` draws it.
    static func thumbnail(_ options: CallOptions) throws -> PreparedCall {
        let (path, size) = (try options.model(), try options.size())
        let samples = try options.number("samples", or: 8)
        let encoder = PNGEncoder(compression: .fast)
        return PreparedCall(work: 1) {
            let asset = try GeometryAsset(
                ModelLoader().load(path: path), threads: threads, samples: samples * size.width * size.height)
            let camera = camera(asset.bounds, size)
            let scene = try RenderScene(
                instances: [RenderInstance(asset: asset)],
                lights: LightRig.cameraTied(view: camera.view, bounds: asset.bounds))
            let frame = Framebuffer(width: size.width, height: size.height, channels: .colorOnly)
            try FrameRenderTask(
                scene: scene, camera: camera, settings: RendererSettings(samplesPerPixel: samples), threads: threads
            ).render(into: frame)
            return try encoder.encode(frame.encoded8()).count
        }
    }

    private static func asset(_ path: String) throws -> GeometryAsset {
        try GeometryAsset(ModelLoader().load(path: path), threads: threads)
    }

    private static func camera(_ bounds: Bounds, _ size: (width: Int, height: Int)) -> CameraSettings {
        let framing = Framing.fit(
            bounds: bounds, direction: Vector3(-1, -0.8, -1), up: Vector3(0, 1, 0), projection: .perspective(),
            aspect: Double(size.width) / Double(size.height))
        return CameraSettings(view: framing.view, projection: framing.projection, nearClip: framing.nearClip)
    }

    private static var threads: Int { WorkerLoop.threads }
}

/// What stands around the knot where paths are traced.
enum PathScene {
    /// A square of 20 units below the knot.
    static var floor: Model {
        var mesh = Mesh()
        mesh.positions = [-10, -1.6, -10, -10, -1.6, 10, 10, -1.6, 10, 10, -1.6, -10]
        mesh.indices = [0, 1, 2, 0, 2, 3]
        var model = Model()
        model.meshes = [mesh]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        return model
    }
}

/// Embree's scene of a model's triangles.
final class BareRays {
    let handle: OpaquePointer

    init(_ model: Model, threads: Int) throws {
        var positions: [Float] = []
        var indices: [UInt32] = []
        for mesh in model.meshes {
            let first = UInt32(positions.count / 3)
            positions += mesh.positions
            indices += mesh.indices.map { $0 + first }
        }
        guard let handle = peers_rays_new(positions, positions.count / 3, indices, indices.count / 3, Int32(threads))
        else { throw Failure("Embree built no scene") }
        self.handle = handle
    }

    deinit { peers_rays_free(handle) }

    /// The pinhole of a perspective camera.
    static func camera(_ settings: CameraSettings, _ size: (width: Int, height: Int)) -> peers_camera {
        guard case .perspective(let fovy, _, _) = settings.projection else { return peers_camera() }
        let basis = settings.view.basis
        let height = 2 * tan(fovy * .pi / 360)
        let width = height * Double(size.width) / Double(size.height)
        let corner = basis.direction + basis.up * (height / 2) - basis.right * (width / 2)
        let (right, down) = (basis.right * (width / Double(size.width)), basis.up * (-height / Double(size.height)))
        func floats(_ v: Vector3) -> (Float, Float, Float) { (Float(v.x), Float(v.y), Float(v.z)) }
        return peers_camera(
            origin: floats(settings.view.position), corner: floats(corner), right: floats(right), down: floats(down))
    }
}
