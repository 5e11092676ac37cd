// SPDX-License-Identifier: Apache-2.0

/// A shape that can be added to the scene or used to cut it: five kinds.
public protocol Primitive: Codable, Hashable, Sendable {
    /// The kind's name in the protocol, plural: `add-NAME` and `add-clipping-NAME`.
    static var braynsName: String { get }
}

extension SpherePrimitive: Primitive {
    public static let braynsName = "spheres"
}

extension CapsulePrimitive: Primitive {
    public static let braynsName = "capsules"
}

extension BoxPrimitive: Primitive {
    public static let braynsName = "boxes"
}

extension PlanePrimitive: Primitive {
    public static let braynsName = "planes"
}

extension BoundedPlanePrimitive: Primitive {
    public static let braynsName = "bounded-planes"
}

/// A shape with its linear RGBA colour, as `add-NAME` takes it.
public struct ColoredPrimitive<Shape: Primitive>: Codable, Hashable, Sendable {
    /// The shape.
    public var geometry: Shape
    /// Linear red, green, blue, alpha.
    public var color: SIMD4<Double>

    /// A shape in a colour; white unless told otherwise.
    public init(_ geometry: Shape, color: SIMD4<Double> = SIMD4(repeating: 1)) {
        (self.geometry, self.color) = (geometry, color)
    }
}

/// Shapes that cut the scene, as `add-clipping-NAME` takes them.
public struct ClippingShapes<Shape: Primitive>: Codable, Hashable, Sendable {
    /// The shapes.
    public var primitives: [Shape]
    /// Whether what lies outside is cut away in place of what lies inside; not where `nil`.
    public var invertNormals: Bool?

    /// Shapes that cut away their inside unless told otherwise.
    public init(_ primitives: [Shape], invertNormals: Bool? = nil) {
        (self.primitives, self.invertNormals) = (primitives, invertNormals)
    }

    enum CodingKeys: String, CodingKey {
        case primitives
        case invertNormals = "invert_normals"
    }
}
