// SPDX-License-Identifier: Apache-2.0
import Models

extension LoadedModel.GeometryContent {
    /// How many parts there are that can be coloured one by one: shapes, or triangles where there are none.
    var partCount: Int {
        let shapes = source.primitives
        return shapes.isEmpty
            ? source.triangleCount
            : shapes.spheres.count + shapes.capsules.count + shapes.boxes.count + shapes.planes.count
    }

    /// The colours that the parts have before anybody gives them others.
    var ownPartColors: [SIMD4<Float>] {
        let count = partCount
        if let color { return Array(repeating: color, count: count) }
        let shapes = source.primitives
        guard !shapes.isEmpty else { return Array(repeating: SIMD4(repeating: 1), count: count) }
        return shapes.spheres.map(\.color) + shapes.capsules.map(\.color) + shapes.boxes.map(\.color)
            + shapes.planes.map(\.color)
    }

    /// A colour for each shape, once the parts were given any; shapes beyond keep their own.
    var shapeColors: [SIMD4<Float>]? {
        guard let partColors, !source.primitives.isEmpty else { return nil }
        return partColors.count == partCount
            ? partColors : Array((partColors + ownPartColors.dropFirst(partColors.count)).prefix(partCount))
    }

    /// Puts the parts' colours on triangles, which get corners of their own for them; shapes take theirs when the
    /// scene is drawn, without a new hierarchy.
    mutating func paintTriangles(_ assets: AssetBuilder) throws {
        guard source.primitives.isEmpty else { return }
        asset = try assets.build(painted)
    }

    /// The source with the parts' own colours on its triangles.
    var painted: Model {
        guard let partColors, source.primitives.isEmpty else { return source }
        var model = source
        model.meshes.removeAll()
        model.instances.removeAll()
        var first = 0
        for instance in source.instances where source.meshes.indices.contains(instance.mesh) {
            let mesh = source.meshes[instance.mesh]
            let colors = partColors[first..<min(partColors.count, first + mesh.triangleCount)]
            first += mesh.triangleCount
            model.instances.append(.init(mesh: model.meshes.count, transform: instance.transform))
            model.meshes.append(mesh.painted(colors))
        }
        return model
    }
}

extension Mesh {
    /// The mesh with a colour for each triangle, which needs corners that no two triangles share.
    fileprivate func painted(_ triangleColors: ArraySlice<SIMD4<Float>>) -> Mesh {
        var mesh = Mesh()
        mesh.material = material
        for (triangle, color) in triangleColors.enumerated() {
            for side in 0..<3 {
                let corner = Int(indices[3 * triangle + side])
                mesh.indices.append(UInt32(mesh.vertexCount))
                mesh.positions += positions[3 * corner..<3 * corner + 3]
                if !normals.isEmpty { mesh.normals += normals[3 * corner..<3 * corner + 3] }
                if !textureCoordinates.isEmpty {
                    mesh.textureCoordinates += textureCoordinates[2 * corner..<2 * corner + 2]
                }
                mesh.colors += [color.x, color.y, color.z, color.w]
            }
        }
        return mesh
    }
}
