// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import Scene

/// A ball.
public struct SpherePrimitive: Codable, Hashable, Sendable {
    /// Its middle, in scene units.
    public var center: Vector3
    /// In scene units; a real server takes a negative one.
    public var radius: Double

    /// Takes every value.
    public init(center: Vector3, radius: Double) {
        self.center = center
        self.radius = radius
    }
}

/// A cone stump with a ball at each end.
public struct CapsulePrimitive: Codable, Hashable, Sendable {
    /// One end, in scene units.
    public var p0: Vector3
    /// The radius at `p0`.
    public var r0: Double
    /// The other end, in scene units.
    public var p1: Vector3
    /// The radius at `p1`.
    public var r1: Double

    /// Takes every value.
    public init(p0: Vector3, r0: Double, p1: Vector3, r1: Double) {
        self.p0 = p0
        self.r0 = r0
        self.p1 = p1
        self.r1 = r1
    }
}

/// A box along the axes.
public struct BoxPrimitive: Codable, Hashable, Sendable {
    /// The corner with the least coordinates.
    public var min: Vector3
    /// The corner with the greatest coordinates.
    public var max: Vector3

    /// Takes every value.
    public init(min: Vector3, max: Vector3) {
        self.min = min
        self.max = max
    }
}

/// An endless plane with the normal (a, b, c).
public struct PlanePrimitive: Codable, Hashable, Sendable {
    /// a, b, c, d of ax + by + cz = d; clipping takes away what has less than d.
    public var coefficients: SIMD4<Double>

    /// Takes every value.
    public init(coefficients: SIMD4<Double>) {
        self.coefficients = coefficients
    }
}

/// The part of a plane that lies in a box.
public struct BoundedPlanePrimitive: Codable, Hashable, Sendable {
    /// a, b, c, d of ax + by + cz = d.
    public var coefficients: SIMD4<Double>
    /// The box, in scene units.
    public var bounds: Bounds

    /// Takes every value.
    public init(coefficients: SIMD4<Double>, bounds: Bounds) {
        self.coefficients = coefficients
        self.bounds = bounds
    }
}
