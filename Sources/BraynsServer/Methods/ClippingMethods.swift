// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The methods that cut models open.
///
/// The ray tracer cuts with half spaces, so planes work as they are, and a box that is kept while everything around
/// it goes works as its six planes; the other shapes answer with an error that says so.
enum ClippingMethods {
    static let all: [Method] = [
        Method(
            "add-clip-plane", "The old name of add-clipping-planes, for one plane", params: .plane, returns: .model
        ) { state, call in
            try add([try plane(call.parameters)], inverted: false, to: &state)
        }.deprecated,
        method("planes", .plane) { primitives, inverted in
            (try primitives.map(plane), inverted)
        },
        method("boxes", .box) { primitives, inverted in
            guard inverted, primitives.count == 1 else {
                throw unsupported("boxes, but for one box with invert_normals true")
            }
            return (try boxFaces(primitives[0]), false)
        },
        method("spheres", .sphere) { _, _ in throw unsupported("spheres") },
        method("capsules", .capsule) { _, _ in throw unsupported("capsules") },
        method("bounded-planes", .boundedPlane) { _, _ in throw unsupported("bounded planes") },
    ]

    private typealias Cut = (planes: [SIMD4<Double>], inverted: Bool)

    private static func method(
        _ name: String, _ shape: Shape, cut: @escaping @Sendable ([Parameters], Bool) throws -> Cut
    ) -> Method {
        Method(
            "add-clipping-\(name)", "Cuts models open with \(name)", params: .clipping(shape), returns: .model
        ) { state, call in
            let primitives = (call.parameters[list: "primitives"] ?? []).map { Parameters($0) }
            let (planes, inverted) = try cut(primitives, call.parameters[bool: "invert_normals"] ?? false)
            return try add(planes, inverted: inverted, to: &state)
        }
    }

    private static func plane(_ parameters: Parameters) throws -> SIMD4<Double> {
        guard let plane = parameters[vector4: "coefficients"], Vector3(plane.x, plane.y, plane.z).length > 0 else {
            throw RPCFailure.internalError("A plane needs coefficients with a direction: a, b and c are all zero")
        }
        return plane
    }

    /// Half spaces that are cut away around a box that is kept.
    private static func boxFaces(_ parameters: Parameters) throws -> [SIMD4<Double>] {
        guard let min = parameters[vector3: "min"], let max = parameters[vector3: "max"] else { return [] }
        return (0..<3).flatMap { axis in
            var low = SIMD4<Double>.zero
            (low[axis], low.w) = (1, min[axis])
            var high = SIMD4<Double>.zero
            (high[axis], high.w) = (-1, -max[axis])
            return [low, high]
        }
    }

    private static func add(
        _ planes: [SIMD4<Double>], inverted: Bool, to state: inout ServerState
    ) throws -> Answer {
        let planes = inverted ? planes.map { -$0 } : planes
        let id = state.scene.add(LoadedModel(type: "clipping_geometry", content: .clipper(planes)))
        return Answer(try state.scene.json(id))
    }

    private static func unsupported(_ what: String) -> RPCFailure {
        .internalError("This renderer does not cut with \(what); cut with add-clipping-planes")
    }
}
