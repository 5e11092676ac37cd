// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension Light {
    /// The light's name in the protocol: `add-light-NAME`.
    public var braynsName: String {
        switch self {
        case .ambient: "ambient"
        case .directional: "directional"
        case .quad: "quad"
        case .sphere: "sphere"
        }
    }

    /// The light's parameters as `add-light-NAME` takes them: linear colours, intensities of at least 0, scene units.
    public var braynsParameters: JSONValue {
        switch self {
        case .ambient(let color, let intensity):
            ["color": vector(color), "intensity": .double(intensity)]
        case .directional(let direction, let color, let intensity):
            ["direction": vector(direction), "color": vector(color), "intensity": .double(intensity)]
        case .quad(let position, let edge1, let edge2, let color, let intensity):
            [
                "position": vector(position), "edge1": vector(edge1), "edge2": vector(edge2),
                "color": vector(color), "intensity": .double(intensity),
            ]
        case .sphere(let position, let radius, let color, let intensity):
            [
                "position": vector(position), "radius": .double(radius), "color": vector(color),
                "intensity": .double(intensity),
            ]
        }
    }

    /// The light of that name in the protocol; parameters that are missing have the protocol's defaults.
    ///
    /// `nil` for another name or for parameters of the wrong type.
    public init?(braynsName name: String, parameters: JSONValue) {
        func number(_ key: String, _ fallback: Double) -> Double? {
            guard let value = parameters[key], value != .null else { return fallback }
            return value.doubleValue
        }
        func triple(_ key: String, _ fallback: Vector3) -> Vector3? {
            guard let value = parameters[key], value != .null else { return fallback }
            let parts = value.arrayValue?.compactMap(\.doubleValue) ?? []
            return parts.count == 3 ? Vector3(parts[0], parts[1], parts[2]) : nil
        }
        guard let color = triple("color", Vector3(repeating: 1)), let intensity = number("intensity", 1),
            let position = triple("position", .zero), let radius = number("radius", 0),
            let direction = triple("direction", Vector3(-1, -1, 0)),
            let edge1 = triple("edge1", Vector3(1, 0, 0)), let edge2 = triple("edge2", Vector3(0, 0, 1))
        else { return nil }
        switch name {
        case "ambient": self = .ambient(color: color, intensity: intensity)
        case "directional": self = .directional(direction: direction, color: color, intensity: intensity)
        case "quad": self = .quad(position: position, edge1: edge1, edge2: edge2, color: color, intensity: intensity)
        case "sphere": self = .sphere(position: position, radius: radius, color: color, intensity: intensity)
        default: return nil
        }
    }
}

private func vector(_ v: Vector3) -> JSONValue { [.double(v.x), .double(v.y), .double(v.z)] }
