// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// One of Brayns' nine surface materials.
///
/// What is `nil` in the parameters is left out of a request, and the server fills in its default.
public enum Material: Hashable, Sendable {
    /// Car paint; flake density 0…1.
    case carpaint(flakeDensity: Double? = nil)
    /// Shines by itself; linear colour, intensity at least 0.
    case emissive(color: Vector3? = nil, intensity: Double? = nil)
    /// See-through but for its outline.
    case ghost
    /// Clear glass; index of refraction.
    case glass(indexOfRefraction: Double? = nil)
    /// Diffuse only; opacity 0…1.
    case matte(opacity: Double? = nil)
    /// Bare metal; roughness 0.01…1.
    case metal(roughness: Double? = nil)
    /// Diffuse with a highlight; opacity 0…1. The material of a model that was given none.
    case phong(opacity: Double? = nil)
    /// Glossy plastic; opacity 0…1.
    case plastic(opacity: Double? = nil)
    /// Everything at once.
    case principled(PrincipledMaterial = PrincipledMaterial())
    /// A material that this client has no case for, with its parameters as they go over the wire.
    case other(name: String, parameters: JSONValue)

    /// The material's name in the protocol: `set-material-NAME`.
    public var name: String {
        switch self {
        case .carpaint: "carpaint"
        case .emissive: "emissive"
        case .ghost: "ghost"
        case .glass: "glass"
        case .matte: "matte"
        case .metal: "metal"
        case .phong: "phong"
        case .plastic: "plastic"
        case .principled: "principled"
        case .other(let name, _): name
        }
    }

    /// The material's parameters as they go over the wire.
    public var parameters: JSONValue {
        func one(_ key: String, _ value: Double?) -> JSONValue {
            value.map { .object([key: .double($0)]) } ?? .object([:])
        }
        switch self {
        case .carpaint(let density): return one("flake_density", density)
        case .emissive(let color, let intensity):
            var members: [String: JSONValue] = [:]
            if let color { members["color"] = [.double(color.x), .double(color.y), .double(color.z)] }
            if let intensity { members["intensity"] = .double(intensity) }
            return .object(members)
        case .ghost: return .object([:])
        case .glass(let index): return one("index_of_refraction", index)
        case .matte(let opacity), .phong(let opacity), .plastic(let opacity): return one("opacity", opacity)
        case .metal(let roughness): return one("roughness", roughness)
        case .principled(let parameters): return (try? JSONValue(encoding: parameters)) ?? .object([:])
        case .other(_, let parameters): return parameters
        }
    }

    /// The material of that name with parameters as they came over the wire.
    public init(name: String, parameters: JSONValue) {
        func number(_ key: String) -> Double? { parameters[key]?.doubleValue }
        switch name {
        case "carpaint": self = .carpaint(flakeDensity: number("flake_density"))
        case "emissive":
            self = .emissive(color: try? parameters["color"]?.decode(Vector3.self), intensity: number("intensity"))
        case "ghost": self = .ghost
        case "glass": self = .glass(indexOfRefraction: number("index_of_refraction"))
        case "matte": self = .matte(opacity: number("opacity"))
        case "metal": self = .metal(roughness: number("roughness"))
        case "phong": self = .phong(opacity: number("opacity"))
        case "plastic": self = .plastic(opacity: number("opacity"))
        case "principled":
            let known = try? parameters.decode(PrincipledMaterial.self)
            self = known.map { .principled($0) } ?? .other(name: name, parameters: parameters)
        default: self = .other(name: name, parameters: parameters)
        }
    }
}
