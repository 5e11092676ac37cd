// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Models
import Scene

/// Sorts a model's meshes into parts and builds them.
struct AssetBuilder {
    let model: Model
    private(set) var warnings: [String] = []

    private let work: WorkSplit

    /// Whether the hierarchy is worth less than it takes to build well.
    private let isQuick: Bool

    init(_ model: Model, threads: Int?, samples: Int?) {
        (self.model, work) = (model, WorkSplit(threads: threads))
        isQuick = samples.map { Self.isQuick(model, samples: $0) } ?? false
    }

    /// A good hierarchy costs about as much time a triangle as eight samples cost more in a quick one.
    ///
    /// A quick one has a level of its own for each mesh, which many meshes that lie in each other would suffer from.
    static func isQuick(_ model: Model, samples: Int) -> Bool {
        let isFew = samples / 8 < model.meshes.reduce(0) { $0 + $1.triangleCount }
        return isFew && model.meshes.count <= 16 && model.primitives.isEmpty
    }

    /// Meshes with fewer triangles are copied for each instance rather than given a level of their own.
    private static let smallMesh = 64

    mutating func build() throws(RaytracerError) -> [AssetPart] {
        var places: [[Matrix4]] = Array(repeating: [], count: model.meshes.count)
        for instance in model.instances {
            guard places.indices.contains(instance.mesh) else {
                warnings.append("An instance names mesh \(instance.mesh), which the model does not have.")
                continue
            }
            places[instance.mesh].append(instance.transform)
        }
        var parts: [AssetPart] = []
        var common = PartBuilder(try EmbreeScene(isQuick: isQuick), work)
        for (index, mesh) in model.meshes.enumerated() where mesh.triangleCount > 0 {
            let material = model.materials.indices.contains(mesh.material) ? mesh.material : nil
            if places[index].count > 1 && mesh.triangleCount > Self.smallMesh {
                var own = PartBuilder(try EmbreeScene(isQuick: isQuick), work)
                try own.add(mesh, material: material, transform: .identity)
                warnings += own.warnings
                parts.append(try own.finish(places[index]))
            } else {
                for transform in places[index] { try common.add(mesh, material: material, transform: transform) }
            }
        }
        try common.add(model.primitives)
        warnings += common.warnings
        if !common.isEmpty { parts.insert(try common.finish([.identity]), at: 0) }
        return parts
    }
}

/// Collects the geometries of one part.
struct PartBuilder {
    let scene: EmbreeScene
    let arena = Arena()
    let work: WorkSplit
    var shapes: [shading_shape] = []
    var facts: [ShapeFacts] = []
    var warnings: [String] = []
    /// Spheres, capsules, boxes and planes that were given so far.
    var shapeCount = 0

    init(_ scene: EmbreeScene, _ work: WorkSplit) { (self.scene, self.work) = (scene, work) }

    var isEmpty: Bool { shapes.isEmpty }

    /// Takes a finished geometry in; its number in the scene is its place in the lists.
    mutating func append(_ geometry: RTCGeometry, _ shape: shading_shape, _ fact: ShapeFacts) {
        scene.attach(geometry, id: shapes.count)
        shapes.append(shape)
        facts.append(fact)
    }

    func finish(_ transforms: [Matrix4]) throws(RaytracerError) -> AssetPart {
        try AssetPart(scene: scene, shapes: shapes, facts: facts, transforms: transforms, arena: arena)
    }
}
