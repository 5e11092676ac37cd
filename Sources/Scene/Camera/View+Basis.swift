// SPDX-License-Identifier: Apache-2.0

/// Three perpendicular unit vectors of a picture.
public struct ViewBasis: Hashable, Sendable {
    /// To the right in the picture.
    public var right: Vector3
    /// Up in the picture.
    public var up: Vector3
    /// From the eye into the picture.
    public var direction: Vector3

    /// The basis that looks along `direction` with `up` as near to the picture's up as can be.
    ///
    /// A direction that has no length is taken as -z. An `up` that is parallel to the direction, or has no length, is
    /// replaced by the coordinate axis that stands most across it.
    public init(direction: Vector3, up: Vector3) {
        let d = direction.normalized ?? Vector3(0, 0, -1)
        let candidates = [up.normalized ?? d, Vector3(0, 1, 0), Vector3(0, 0, -1), Vector3(1, 0, 0)]
        let across = candidates.map { d.cross($0) }.first { $0.length > 1e-6 } ?? Vector3(1, 0, 0)
        let right = across.normalized ?? Vector3(1, 0, 0)
        self.direction = d
        self.right = right
        self.up = right.cross(d)
    }
}

extension View {
    /// The picture's axes in space.
    public var basis: ViewBasis { ViewBasis(direction: target - position, up: up) }

    /// The distance from the eye to the target.
    public var distance: Double { (target - position).length }

    /// The view from an eye turned about the target; up turns along.
    public func rotatedAroundTarget(by rotation: Quaternion) -> View {
        View(position: rotation.rotate(position, about: target), target: target, up: rotation.rotate(up))
    }
}
