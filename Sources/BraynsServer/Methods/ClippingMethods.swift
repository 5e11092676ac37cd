// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Scene

/// The methods that cut models open.
enum ClippingMethods {
    static let all: [Method] =
        [
            Method(
                "add-clip-plane", "The old name of add-clipping-planes, for one plane", params: .plane,
                returns: .model
            ) { state, call in
                try add(.planes, [call.parameters], inverted: false, as: "clipping_geometry", to: &state)
            }.deprecated
        ] + ShapeKind.allCases.map(method)

    private static func method(_ kind: ShapeKind) -> Method {
        Method(
            "add-clipping-\(kind.rawValue)", "Cuts models open with \(kind.rawValue)",
            params: .clipping(kind.schema), returns: .model
        ) { state, call in
            let primitives = (call.parameters[list: "primitives"] ?? []).map { Parameters($0) }
            return try add(
                kind, primitives, inverted: call.parameters[bool: "invert_normals"] ?? false, as: "clip_geometry",
                to: &state)
        }
    }

    private static func add(
        _ kind: ShapeKind, _ primitives: [Parameters], inverted: Bool, as type: String, to state: inout ServerState
    ) throws -> Answer {
        var shapes = Primitives()
        for parameters in primitives {
            guard kind.append(parameters, color: SIMD4(repeating: 1), to: &shapes) else {
                throw RPCFailure.invalidParams("A shape holds numbers that cannot be used")
            }
        }
        let hasDirections = shapes.planes.allSatisfy { plane in
            (0..<3).contains { plane.coefficients[$0] != 0 }
        }
        guard hasDirections else {
            throw RPCFailure.internalError("A plane needs coefficients with a direction: a, b and c are all zero")
        }
        let clipper = Clipper(shapes: shapes, isInverted: inverted)
        let id = state.scene.add(LoadedModel(type: type, content: .clipper(clipper)))
        return Answer(try state.scene.json(id))
    }
}
