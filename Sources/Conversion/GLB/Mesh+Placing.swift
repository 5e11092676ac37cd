// SPDX-License-Identifier: Apache-2.0
import Models
import Scene

extension Mesh {
    /// The mesh with a transform applied to its corners; triangles keep their outer side under mirrors.
    func placed(by transform: Matrix4) -> Mesh {
        guard transform != .identity else { return self }
        var mesh = self
        for corner in 0..<vertexCount {
            let position = transform.apply(toPoint: self.position(corner))
            for axis in 0..<3 { mesh.positions[3 * corner + axis] = Float(position[axis]) }
            guard !normals.isEmpty else { continue }
            let old = Vector3(
                Double(normals[3 * corner]), Double(normals[3 * corner + 1]), Double(normals[3 * corner + 2]))
            let normal = transform.apply(toNormal: old)
            let length = normal.dot(normal).squareRoot()
            for axis in 0..<3 where length > 0 { mesh.normals[3 * corner + axis] = Float(normal[axis] / length) }
        }
        if transform.determinant < 0 {
            for triangle in 0..<triangleCount { mesh.indices.swapAt(3 * triangle + 1, 3 * triangle + 2) }
        }
        return mesh
    }
}
