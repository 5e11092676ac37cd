// SPDX-License-Identifier: Apache-2.0
import Scene

extension Model {
    /// The box around all placed meshes, primitives and volumes, exact for the corners; planes count with their bounds.
    public var bounds: Bounds {
        var result = Bounds.empty
        for instance in instances where meshes.indices.contains(instance.mesh) {
            result.formUnion(meshes[instance.mesh].bounds(under: instance.transform))
        }
        result.formUnion(primitives.bounds)
        for volume in volumes { result.formUnion(volume.bounds) }
        return result
    }

    /// Whether the file says how any surface looks: by a material, a picture or colours at corners.
    public var hasAppearance: Bool {
        meshes.contains { mesh in
            !mesh.colors.isEmpty || materials.indices.contains(mesh.material) && !materials[mesh.material].isDefault
        }
    }

    /// How many triangles are drawn: a mesh counts as often as it is placed.
    public var triangleCount: Int {
        instances.reduce(0) { sum, instance in
            meshes.indices.contains(instance.mesh) ? sum + meshes[instance.mesh].triangleCount : sum
        }
    }
}

extension Mesh {
    /// The box around the corners after a map.
    public func bounds(under matrix: Matrix4 = .identity) -> Bounds {
        var result = Bounds.empty
        for corner in 0..<vertexCount {
            result.formUnion(matrix.apply(toPoint: position(corner)))
        }
        return result
    }

    /// One corner's position, in double precision.
    public func position(_ corner: Int) -> Vector3 {
        Vector3(
            Double(positions[3 * corner]), Double(positions[3 * corner + 1]), Double(positions[3 * corner + 2]))
    }
}

extension Primitives {
    /// The box around all shapes; a plane without bounds counts for nothing.
    public var bounds: Bounds {
        var result = Bounds.empty
        func add(_ center: SIMD3<Float>, _ radius: Float) {
            let (c, r) = (Vector3(center), Vector3(repeating: Double(abs(radius))))
            result.formUnion(Bounds(min: c - r, max: c + r))
        }
        for sphere in spheres { add(sphere.center, sphere.radius) }
        for capsule in capsules {
            add(capsule.p0, capsule.r0)
            add(capsule.p1, capsule.r1)
        }
        for box in boxes { result.formUnion(Bounds(min: Vector3(box.min), max: Vector3(box.max))) }
        for plane in planes {
            guard let low = plane.boundsMin, let high = plane.boundsMax else { continue }
            result.formUnion(Bounds(min: Vector3(low), max: Vector3(high)))
        }
        return result
    }
}
