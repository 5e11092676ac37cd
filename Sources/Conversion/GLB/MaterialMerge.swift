// SPDX-License-Identifier: Apache-2.0
import Models

/// Which of a model's materials are written, and the place each one has then.
struct MaterialMerge {
    private(set) var materials: [SurfaceMaterial] = []
    /// From a material of the model to its place.
    private(set) var index: [Int: Int] = [:]

    /// Those that differ only in name become one.
    init(_ model: Model) {
        var known: [SurfaceMaterial: Int] = [:]
        for (place, material) in model.materials.enumerated() {
            var nameless = material
            nameless.name = ""
            if known[nameless] == nil {
                known[nameless] = materials.count
                materials.append(material)
            }
            index[place] = known[nameless]
        }
    }

    /// All of them, as they are.
    init(keeping model: Model) {
        materials = model.materials
        for place in model.materials.indices { index[place] = place }
    }
}
