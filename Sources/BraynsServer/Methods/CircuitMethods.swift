// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

/// The methods that the plugin for circuits brings.
struct CircuitMethods: Sendable {
    /// Builds geometry anew when radii change.
    var assets: AssetBuilder

    var all: [Method] {
        let assets = assets
        return [
            Method(
                "get-circuit-ids", "Tells the numbers of a model's cells",
                params: .record("CircuitModel", [.required("model_id", .count, "The model's number")]),
                returns: .list(.count)
            ) { state, call in
                let model = try state.scene.find(call.parameters[integer: "model_id"] ?? 0).model
                guard case .geometry(let geometry) = model.content, let cells = geometry.cells else {
                    throw RPCFailure.general("This model has no list of cells")
                }
                return Answer(.array(cells.ids.map { .int(Int64($0)) }))
            },
            Method(
                "set-circuit-thickness", "Multiplies the radii of a model's spheres and capsules",
                params: .record(
                    "CircuitThickness",
                    [
                        .required("model_id", .count, "The model's number"),
                        .required("radius_multiplier", .number(), "The factor"),
                    ])
            ) { state, call in
                let factor = Float(call.parameters[number: "radius_multiplier"] ?? 1)
                try state.scene.change(call.parameters[integer: "model_id"] ?? 0, changesShape: true) { model in
                    guard case .geometry(var geometry) = model.content else {
                        throw RPCFailure.general("This model has no shapes with radii")
                    }
                    geometry.source.primitives.multiplyRadii(by: factor)
                    geometry.localBounds = geometry.source.bounds
                    geometry.asset = try assets.build(geometry.painted)
                    model.content = .geometry(geometry)
                }
                return .nothing
            },
        ].map { $0.plugin("Circuit Explorer") }
    }
}

extension Primitives {
    fileprivate mutating func multiplyRadii(by factor: Float) {
        for index in spheres.indices { spheres[index].radius *= abs(factor) }
        for index in capsules.indices {
            capsules[index].r0 *= abs(factor)
            capsules[index].r1 *= abs(factor)
        }
    }
}
