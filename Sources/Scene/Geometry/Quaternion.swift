// SPDX-License-Identifier: Apache-2.0

/// A rotation as a unit quaternion; encodes as `[x, y, z, w]`, as Brayns writes it.
public struct Quaternion: Hashable, Sendable, Codable {
    /// The vector part and, last, the scalar part.
    public var x, y, z, w: Double

    /// A quaternion from its four parts; it is used as given, not normalised.
    public init(x: Double, y: Double, z: Double, w: Double) {
        (self.x, self.y, self.z, self.w) = (x, y, z, w)
    }

    /// No rotation.
    public static let identity = Quaternion(x: 0, y: 0, z: 0, w: 1)

    public init(from decoder: any Decoder) throws {
        let parts = try SIMD4<Double>(from: decoder)
        self.init(x: parts.x, y: parts.y, z: parts.z, w: parts.w)
    }

    public func encode(to encoder: any Encoder) throws {
        try SIMD4(x, y, z, w).encode(to: encoder)
    }
}
