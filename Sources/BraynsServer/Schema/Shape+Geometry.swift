// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension Shape {
    static let sphere = Shape.record(
        "Sphere", [.required("center", .vector3, "Its centre"), .required("radius", .number(), "Its radius")])

    static let capsule = Shape.record(
        "Capsule",
        [
            .required("p0", .vector3, "Centre of the first end"), .required("p1", .vector3, "Centre of the second end"),
            .required("r0", .number(), "Radius of the first end"),
            .required("r1", .number(), "Radius of the second end"),
        ])

    static let box = Shape.record(
        "Box", [.required("max", .vector3, "Largest corner"), .required("min", .vector3, "Smallest corner")])

    static let plane = Shape.record(
        "Plane", [.required("coefficients", .vector4, "a, b, c and d of ax + by + cz = d")])

    static let boundedPlane = Shape.record(
        "BoundedPlane",
        [
            .required("bounds", .box, "The part of the plane that is there"),
            .required("coefficients", .vector4, "a, b, c and d of ax + by + cz = d"),
        ])

    /// A list of shapes with a colour each.
    static func colored(_ geometry: Shape) -> Shape {
        .list(
            .record(
                "GeometryWithColor",
                [
                    .required("color", .vector4, "Linear red, green, blue and opacity"),
                    .required("geometry", geometry, "The shape"),
                ]))
    }

    /// Shapes that cut models open.
    static func clipping(_ geometry: Shape) -> Shape {
        .record(
            "ClippingGeometry",
            [
                .optional("invert_normals", .bool, "Cut away what lies on the other side", default: false),
                .required("primitives", .list(geometry), "The shapes that cut"),
            ])
    }
}
