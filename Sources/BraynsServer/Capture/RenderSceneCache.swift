// SPDX-License-Identifier: Apache-2.0
import Models
import Raytracer
import Scene

/// The scene as the ray tracer draws it, built again only when it changed.
struct RenderSceneCache: Sendable {
    private var built: (revision: Int, scene: RenderScene)?

    mutating func scene(for state: SceneState) throws -> RenderScene {
        if let built, built.revision == state.revision { return built.scene }
        // The old one goes first: two top levels of a large scene are not needed at once.
        built = nil
        let scene = try state.renderScene()
        built = (state.revision, scene)
        return scene
    }
}

extension SceneState {
    fileprivate func renderScene() throws -> RenderScene {
        var drawn: [RenderInstance] = []
        var lights: [Light] = []
        var clippers: [Clipper] = []
        for instance in instances where instance.isVisible {
            guard let model = models[instance.model] else { continue }
            let matrix = instance.transform.matrix * model.baseMatrix
            switch model.content {
            case .geometry(let geometry):
                drawn.append(
                    RenderInstance(
                        asset: geometry.asset, transform: matrix, modelID: instance.id,
                        material: model.material?.override, color: geometry.color,
                        primitiveColors: geometry.shapeColors, colorRamp: geometry.ramp))
            case .light(let light): lights.append(light.placed(by: matrix))
            case .clipper(var clipper):
                clipper.transform = matrix * clipper.transform
                clippers.append(clipper)
            }
        }
        return try RenderScene(instances: drawn, lights: lights, clippers: clippers)
    }
}

extension Light {
    /// The light where a model's transform puts it.
    fileprivate func placed(by matrix: Matrix4) -> Light {
        switch self {
        case .ambient: self
        case .directional(let direction, let color, let intensity):
            .directional(direction: matrix.apply(toDirection: direction), color: color, intensity: intensity)
        case .quad(let position, let edge1, let edge2, let color, let intensity):
            .quad(
                position: matrix.apply(toPoint: position), edge1: matrix.apply(toDirection: edge1),
                edge2: matrix.apply(toDirection: edge2), color: color, intensity: intensity)
        case .sphere(let position, let radius, let color, let intensity):
            .sphere(
                position: matrix.apply(toPoint: position),
                radius: matrix.apply(toDirection: Vector3(radius, 0, 0)).length, color: color, intensity: intensity)
        }
    }
}
