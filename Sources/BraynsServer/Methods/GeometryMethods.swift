// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Scene

/// The methods that add shapes by their numbers.
struct GeometryMethods: Sendable {
    var assets: AssetBuilder

    var all: [Method] { ShapeKind.allCases.map(add) }

    private func add(_ kind: ShapeKind) -> Method {
        let assets = assets
        return Method(
            "add-\(kind.rawValue)", "Adds \(kind.rawValue) as one model", params: .colored(kind.schema), returns: .model
        ) { state, call in
            let elements = call.params.arrayValue ?? []
            var model = Model()
            for element in elements {
                let parameters = Parameters(element)
                guard let color = parameters.single4("color"), let geometry = parameters[object: "geometry"],
                    kind.append(geometry, color: color, to: &model.primitives)
                else { throw RPCFailure.invalidParams("A shape holds numbers that cannot be used") }
            }
            let asset = try assets.build(model)
            let content = LoadedModel.GeometryContent(
                asset: asset, source: model, localBounds: model.bounds,
                methods: [.solid, ColorMethod(name: "primitive", keys: .parts(count: elements.count))])
            let id = state.scene.add(LoadedModel(type: "geometry", content: .geometry(content)))
            return Answer(try state.scene.json(id))
        }
    }
}

extension Parameters {
    func single(_ name: String) -> Float { Float(self[number: name] ?? 0) }
    func single3(_ name: String) -> SIMD3<Float>? { self[vector3: name].map { SIMD3<Float>($0) } }
    func single4(_ name: String) -> SIMD4<Float>? { self[vector4: name].map { SIMD4<Float>($0) } }
}
