// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The members of a request's params, read by name; numbers are brought to single precision, as the protocol keeps
/// them. The schema has checked types and counts before; what does not fit all the same reads as absent.
struct Parameters: Sendable {
    var members: [String: JSONValue]

    init(_ members: [String: JSONValue]) { self.members = members }
    init(_ value: JSONValue?) { members = value?.objectValue ?? [:] }

    subscript(name: String) -> JSONValue? { members[name] }

    /// A number in single precision.
    subscript(number name: String) -> Double? { members[name]?.doubleValue.map { Double(Float($0)) } }

    subscript(integer name: String) -> Int? { members[name]?.intValue.map(Int.init) }
    subscript(text name: String) -> String? { members[name]?.stringValue }
    subscript(bool name: String) -> Bool? { members[name]?.boolValue }
    subscript(object name: String) -> Parameters? { members[name]?.objectValue.map(Parameters.init) }
    subscript(list name: String) -> [JSONValue]? { members[name]?.arrayValue }

    subscript(vector3 name: String) -> Vector3? {
        numbers(name, 3).map { Vector3($0[0], $0[1], $0[2]) }
    }

    subscript(vector4 name: String) -> SIMD4<Double>? {
        numbers(name, 4).map { SIMD4($0[0], $0[1], $0[2], $0[3]) }
    }

    subscript(vector2 name: String) -> SIMD2<Double>? {
        numbers(name, 2).map { SIMD2($0[0], $0[1]) }
    }

    subscript(size name: String) -> PictureSize? {
        guard let list = members[name]?.arrayValue, list.count == 2, let width = list[0].intValue,
            let height = list[1].intValue
        else { return nil }
        return PictureSize(width: Int(width), height: Int(height))
    }

    subscript(view name: String) -> View? { members[name].flatMap { View(parameters: Parameters($0)) } }

    private func numbers(_ name: String, _ count: Int) -> [Double]? {
        guard let list = members[name]?.arrayValue, list.count == count else { return nil }
        let numbers = list.compactMap { $0.doubleValue.map { Double(Float($0)) } }
        return numbers.count == count ? numbers : nil
    }
}

extension View {
    /// A view as requests write it.
    init?(parameters: Parameters) {
        guard let position = parameters[vector3: "position"], let target = parameters[vector3: "target"],
            let up = parameters[vector3: "up"]
        else { return nil }
        self.init(position: position, target: target, up: up)
    }
}

extension Transform {
    /// A transform as requests write it; what is left out is taken from `base`.
    init(parameters: Parameters, base: Transform = .identity) {
        let rotation = parameters[vector4: "rotation"]
        self.init(
            translation: parameters[vector3: "translation"] ?? base.translation,
            rotation: rotation.map { Quaternion(x: $0.x, y: $0.y, z: $0.z, w: $0.w) } ?? base.rotation,
            scale: parameters[vector3: "scale"] ?? base.scale)
    }
}
