// SPDX-License-Identifier: Apache-2.0
import Models

/// The five shapes that are told by their numbers, to be drawn or to cut.
enum ShapeKind: String, CaseIterable, Sendable {
    case spheres, capsules, boxes, planes
    case boundedPlanes = "bounded-planes"

    /// How one of them is written.
    var schema: Shape {
        switch self {
        case .spheres: .sphere
        case .capsules: .capsule
        case .boxes: .box
        case .planes: .plane
        case .boundedPlanes: .boundedPlane
        }
    }

    /// Adds the shape that parameters describe.
    ///
    /// - Returns: `false` where a number is missing.
    func append(_ geometry: Parameters, color: SIMD4<Float>, to primitives: inout Primitives) -> Bool {
        switch self {
        case .spheres:
            guard let center = geometry.single3("center") else { return false }
            // The sign of a radius has no meaning; a real Brayns takes a negative one too.
            primitives.spheres.append(.init(center: center, radius: abs(geometry.single("radius")), color: color))
        case .capsules:
            guard let p0 = geometry.single3("p0"), let p1 = geometry.single3("p1") else { return false }
            let (r0, r1) = (abs(geometry.single("r0")), abs(geometry.single("r1")))
            primitives.capsules.append(.init(p0: p0, p1: p1, r0: r0, r1: r1, color: color))
        case .boxes:
            guard let min = geometry.single3("min"), let max = geometry.single3("max") else { return false }
            primitives.boxes.append(.init(min: min, max: max, color: color))
        case .planes:
            guard let coefficients = geometry.single4("coefficients") else { return false }
            primitives.planes.append(.init(coefficients: coefficients, color: color))
        case .boundedPlanes:
            guard let coefficients = geometry.single4("coefficients"), let box = geometry[object: "bounds"],
                let min = box.single3("min"), let max = box.single3("max")
            else { return false }
            primitives.planes.append(
                .init(coefficients: coefficients, boundsMin: min, boundsMax: max, color: color))
        }
        return true
    }
}
