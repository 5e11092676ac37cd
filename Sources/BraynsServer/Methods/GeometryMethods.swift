// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Scene

/// The methods that add shapes by their numbers.
struct GeometryMethods: Sendable {
    var assets: AssetBuilder

    var all: [Method] {
        [
            add("spheres", .sphere) { geometry, color in
                guard let center = geometry.single3("center") else { return nil }
                // The sign of a radius has no meaning; a real Brayns takes a negative one too.
                let radius = abs(geometry.single("radius"))
                return { $0.spheres.append(.init(center: center, radius: radius, color: color)) }
            },
            add("capsules", .capsule) { geometry, color in
                guard let p0 = geometry.single3("p0"), let p1 = geometry.single3("p1") else { return nil }
                let capsule = Primitives.Capsule(
                    p0: p0, p1: p1, r0: abs(geometry.single("r0")), r1: abs(geometry.single("r1")), color: color)
                return { $0.capsules.append(capsule) }
            },
            add("boxes", .box) { geometry, color in
                guard let min = geometry.single3("min"), let max = geometry.single3("max") else { return nil }
                return { $0.boxes.append(.init(min: min, max: max, color: color)) }
            },
            add("planes", .plane) { geometry, color in
                guard let coefficients = geometry.single4("coefficients") else { return nil }
                return { $0.planes.append(.init(coefficients: coefficients, color: color)) }
            },
            add("bounded-planes", .boundedPlane) { geometry, color in
                guard let coefficients = geometry.single4("coefficients"), let box = geometry[object: "bounds"],
                    let min = box.single3("min"), let max = box.single3("max")
                else { return nil }
                let plane = Primitives.Plane(
                    coefficients: coefficients, boundsMin: min, boundsMax: max, color: color)
                return { $0.planes.append(plane) }
            },
        ]
    }

    private typealias Placing = (inout Primitives) -> Void

    private func add(
        _ name: String, _ shape: Shape,
        read: @escaping @Sendable (_ geometry: Parameters, _ color: SIMD4<Float>) -> Placing?
    ) -> Method {
        let assets = assets
        return Method("add-\(name)", "Adds \(name) as one model", params: .colored(shape), returns: .model) {
            state, call in
            let elements = call.params.arrayValue ?? []
            var model = Model()
            for element in elements {
                let parameters = Parameters(element)
                guard let color = parameters.single4("color"), let geometry = parameters[object: "geometry"],
                    let place = read(geometry, color)
                else { throw RPCFailure.invalidParams("A shape holds numbers that cannot be used") }
                place(&model.primitives)
            }
            let asset = try assets.build(model)
            let content = LoadedModel.GeometryContent(
                asset: asset, source: model, localBounds: model.bounds,
                parts: .init(name: "primitive", count: elements.count))
            let id = state.scene.add(LoadedModel(type: "geometry", content: .geometry(content)))
            return Answer(try state.scene.json(id))
        }
    }
}

extension Parameters {
    fileprivate func single(_ name: String) -> Float { Float(self[number: name] ?? 0) }
    fileprivate func single3(_ name: String) -> SIMD3<Float>? { self[vector3: name].map { SIMD3<Float>($0) } }
    fileprivate func single4(_ name: String) -> SIMD4<Float>? { self[vector4: name].map { SIMD4<Float>($0) } }
}
