// SPDX-License-Identifier: Apache-2.0

/// Scale, then rotation, then translation.
public struct Transform: Hashable, Sendable, Codable {
    /// Shift in scene units.
    public var translation: Vector3
    /// Rotation about the origin.
    public var rotation: Quaternion
    /// Factor for each axis.
    public var scale: Vector3

    /// A transform; what is left out changes nothing.
    public init(
        translation: Vector3 = .zero, rotation: Quaternion = .identity, scale: Vector3 = Vector3(repeating: 1)
    ) {
        self.translation = translation
        self.rotation = rotation
        self.scale = scale
    }

    /// The transform that changes nothing.
    public static let identity = Transform()
}
