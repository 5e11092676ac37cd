// SPDX-License-Identifier: Apache-2.0

extension Bounds {
    /// The smallest box around some points; empty for none.
    public init(points: some Sequence<Vector3>) {
        self = .empty
        for point in points { formUnion(point) }
    }

    /// The smallest box around the image of this one; exact for the box, an upper bound for what is in it.
    public func transformed(by matrix: Matrix4) -> Bounds {
        isEmpty ? .empty : Bounds(points: corners.map(matrix.apply(toPoint:)))
    }

    /// The box around both.
    public func union(_ other: Bounds) -> Bounds {
        var result = isEmpty ? .empty : self
        result.formUnion(other)
        return result
    }

    /// Whether a point lies within, the faces included.
    public func contains(_ p: Vector3) -> Bool {
        p.x >= min.x && p.y >= min.y && p.z >= min.z && p.x <= max.x && p.y <= max.y && p.z <= max.z
    }
}
