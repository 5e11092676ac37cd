// SPDX-License-Identifier: Apache-2.0
import Scene

/// A shape that can be added to the scene or used to cut it: five kinds.
public protocol Primitive: Codable, Hashable, Sendable {
    /// The kind's name in the protocol, plural: `add-NAME` and `add-clipping-NAME`.
    static var braynsName: String { get }
}

/// A ball.
public struct SpherePrimitive: Primitive {
    public static let braynsName = "spheres"
    public var center: Vector3
    /// In scene units.
    public var radius: Double

    public init(center: Vector3, radius: Double) { (self.center, self.radius) = (center, radius) }
}

/// A cone stump with a ball at each end.
public struct CapsulePrimitive: Primitive {
    public static let braynsName = "capsules"
    /// One end and the radius there, in scene units.
    public var p0: Vector3
    public var r0: Double
    /// The other end and the radius there.
    public var p1: Vector3
    public var r1: Double

    public init(p0: Vector3, r0: Double, p1: Vector3, r1: Double) {
        (self.p0, self.r0, self.p1, self.r1) = (p0, r0, p1, r1)
    }
}

/// A box along the axes.
public struct BoxPrimitive: Primitive {
    public static let braynsName = "boxes"
    public var min: Vector3
    public var max: Vector3

    public init(min: Vector3, max: Vector3) { (self.min, self.max) = (min, max) }
}

/// An endless plane with the normal (a, b, c).
public struct PlanePrimitive: Primitive {
    public static let braynsName = "planes"
    /// a, b, c, d as the server hands them to OSPRay.
    public var coefficients: SIMD4<Double>

    public init(coefficients: SIMD4<Double>) { self.coefficients = coefficients }
}

/// The part of a plane that lies in a box.
public struct BoundedPlanePrimitive: Primitive {
    public static let braynsName = "bounded-planes"
    /// a, b, c, d as the server hands them to OSPRay.
    public var coefficients: SIMD4<Double>
    public var bounds: Bounds

    public init(coefficients: SIMD4<Double>, bounds: Bounds) {
        (self.coefficients, self.bounds) = (coefficients, bounds)
    }
}

/// A shape with its linear RGBA colour, as `add-NAME` takes it.
public struct ColoredPrimitive<Shape: Primitive>: Codable, Hashable, Sendable {
    public var geometry: Shape
    public var color: SIMD4<Double>

    public init(_ geometry: Shape, color: SIMD4<Double> = SIMD4(repeating: 1)) {
        (self.geometry, self.color) = (geometry, color)
    }
}
