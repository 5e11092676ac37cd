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

    /// The source with the parts' own colours: shapes take them as they are, triangles get corners of their own.
    var painted: Model {
        guard let partColors else { return source }
        var model = source
        if !model.primitives.isEmpty {
            model.primitives.paint(partColors)
            return model
        }
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

extension Primitives {
    fileprivate mutating func paint(_ colors: [SIMD4<Float>]) {
        var rest = colors[...]
        for index in spheres.indices { spheres[index].color = rest.popFirst() ?? spheres[index].color }
        for index in capsules.indices { capsules[index].color = rest.popFirst() ?? capsules[index].color }
        for index in boxes.indices { boxes[index].color = rest.popFirst() ?? boxes[index].color }
        for index in planes.indices { planes[index].color = rest.popFirst() ?? planes[index].color }
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
