// SPDX-License-Identifier: Apache-2.0

/// Where the camera stands, what it looks at and which way is up.
public struct View: Hashable, Sendable, Codable {
    /// The eye, in scene units.
    public var position: Vector3
    /// The point looked at.
    public var target: Vector3
    /// The direction that points up in the picture; need not be perpendicular nor of length 1.
    public var up: Vector3

    /// A view from `position` to `target`.
    public init(position: Vector3, target: Vector3, up: Vector3 = Vector3(0, 1, 0)) {
        self.position = position
        self.target = target
        self.up = up
    }
}
