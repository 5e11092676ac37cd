// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import Scene

/// Light from everywhere.
public struct AmbientLightParameters: Codable, Hashable, Sendable {
    /// Linear red, green, blue. The server's default is (1, 1, 1).
    public var color: Vector3?
    /// Brightness. At least 0. The server's default is 1.
    public var intensity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(color: Vector3? = nil, intensity: Double? = nil) {
        self.color = color
        self.intensity = intensity
    }
}

/// Parallel light.
public struct DirectionalLightParameters: Codable, Hashable, Sendable {
    /// Where it travels; of any length but zero. The server's default is (-1, -1, 0).
    public var direction: Vector3?
    /// Linear red, green, blue. The server's default is (1, 1, 1).
    public var color: Vector3?
    /// Brightness. At least 0. The server's default is 1.
    public var intensity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(direction: Vector3? = nil, color: Vector3? = nil, intensity: Double? = nil) {
        self.direction = direction
        self.color = color
        self.intensity = intensity
    }
}

/// A parallelogram that shines to one side.
public struct QuadLightParameters: Codable, Hashable, Sendable {
    /// A corner, in scene units. The server's default is (0, 0, 0).
    public var position: Vector3?
    /// From that corner to the next; it shines towards `edge1` × `edge2`. The server's default is (1, 0, 0).
    public var edge1: Vector3?
    /// From that corner to the other next. The server's default is (0, 0, 1).
    public var edge2: Vector3?
    /// Linear red, green, blue. The server's default is (1, 1, 1).
    public var color: Vector3?
    /// Brightness. At least 0. The server's default is 1.
    public var intensity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        position: Vector3? = nil, edge1: Vector3? = nil, edge2: Vector3? = nil, color: Vector3? = nil,
        intensity: Double? = nil
    ) {
        self.position = position
        self.edge1 = edge1
        self.edge2 = edge2
        self.color = color
        self.intensity = intensity
    }
}

/// A shining ball.
public struct SphereLightParameters: Codable, Hashable, Sendable {
    /// Its middle, in scene units. The server's default is (0, 0, 0).
    public var position: Vector3?
    /// In scene units; 0 is a point. The server's default is 0.
    public var radius: Double?
    /// Linear red, green, blue. The server's default is (1, 1, 1).
    public var color: Vector3?
    /// Brightness. At least 0. The server's default is 1.
    public var intensity: Double?

    /// Takes every value; what is `nil` is left out of the message.
    public init(position: Vector3? = nil, radius: Double? = nil, color: Vector3? = nil, intensity: Double? = nil) {
        self.position = position
        self.radius = radius
        self.color = color
        self.intensity = intensity
    }
}
