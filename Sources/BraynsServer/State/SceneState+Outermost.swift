// SPDX-License-Identifier: Apache-2.0
import Models
import Scene

extension SceneState {
    /// The corner of all placed shapes that lies furthest out along a direction; `nil` when there is none.
    ///
    /// Exact for triangles; of spheres and other shapes the corners of their box count.
    func outermostPoint(along direction: Vector3) -> Vector3? {
        var best: (reach: Double, point: Vector3)?
        func consider(_ point: Vector3) {
            let reach = point.dot(direction)
            if reach.isFinite, best.map({ reach > $0.reach }) ?? true { best = (reach, point) }
        }
        for instance in instances {
            guard let model = models[instance.model], case .geometry(let geometry) = model.content else { continue }
            let place = instance.transform.matrix * model.baseMatrix
            for part in geometry.source.instances where geometry.source.meshes.indices.contains(part.mesh) {
                let matrix = place * part.transform
                if let corner = geometry.source.meshes[part.mesh].outermostCorner(along: matrix.pulledBack(direction)) {
                    consider(matrix.apply(toPoint: corner))
                }
            }
            let shapes = geometry.source.primitives.bounds
            if !shapes.isEmpty { for corner in shapes.corners { consider(place.apply(toPoint: corner)) } }
        }
        return best?.point
    }
}

extension Matrix4 {
    /// The direction whose product with a point equals that of `direction` with the point's image, but for a constant.
    fileprivate func pulledBack(_ direction: Vector3) -> Vector3 {
        let d = SIMD4(direction.x, direction.y, direction.z, 0)
        return Vector3((c0 * d).sum(), (c1 * d).sum(), (c2 * d).sum())
    }
}

extension Mesh {
    /// The corner that lies furthest out along a direction; `nil` for a mesh without a finite one.
    fileprivate func outermostCorner(along direction: Vector3) -> Vector3? {
        let (x, y, z) = (Float(direction.x), Float(direction.y), Float(direction.z))
        let (best, reach) = positions.withUnsafeBufferPointer { p -> (Int, Float) in
            var (best, reach) = (-1, -Float.infinity)
            var i = 0
            while i + 2 < p.count {
                let r = p[i] * x + p[i + 1] * y + p[i + 2] * z
                if r > reach { (best, reach) = (i, r) }
                i += 3
            }
            return (best, reach)
        }
        guard best >= 0, reach.isFinite else { return nil }
        return Vector3(Double(positions[best]), Double(positions[best + 1]), Double(positions[best + 2]))
    }
}
