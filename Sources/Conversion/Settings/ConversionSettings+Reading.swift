// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension ConversionSettings {
    /// What points are converted with: the keys that mean something to them.
    static let pointKeys: Set<String> = [
        "scaling", "recenterToOrigin", "axis", "gammaToLinearVertex", "generateCollisionMesh",
    ]

    /// The settings file's name for a model: `box.fbx` has `box.ConversionSettings.json`.
    public static func fileName(for model: String) -> String {
        let dot = model.lastIndex(of: ".") ?? model.endIndex
        return model[..<dot] + ".ConversionSettings.json"
    }

    /// Reads a settings file; a key that is not known, or a value that a key cannot have, is refused.
    ///
    /// - Throws: `ConversionError.badSettings`, naming the key.
    public init(json: [UInt8], shown: String) throws(ConversionError) {
        self.init()
        let value: JSONValue
        do { value = try JSONValue(parsing: json) } catch {
            throw ConversionError(.badSettings, "\(shown) is no JSON: \(error)", underlying: error)
        }
        guard case .object(let members) = value else {
            throw ConversionError(.badSettings, "\(shown): expected an object of settings.")
        }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard try read(key, value) else {
                throw ConversionError(
                    .badSettings,
                    "\(shown): \"\(key.prefix(40))\" is no conversion setting, or \(Self.expectation(key)).")
            }
        }
    }

    private static func expectation(_ key: String) -> String {
        switch key {
        case "scaling": "not a number above zero"
        case "axis": "not three axes such as [\"+x\", \"+z\", \"-y\"] that all differ"
        case "vertex": "not an object of vertex formats"
        case "metadataKeys": "not a list of texts"
        case "sceneGraphMode": "not none, static or dynamic"
        case "opaqueMaterialDefaultSidedness": "not SingleSided or DoubleSided"
        default: "not true or false"
        }
    }

    /// Takes one member; `false` when the key or its value is not known.
    private mutating func read(_ key: String, _ value: JSONValue) throws(ConversionError) -> Bool {
        switch key {
        case "scaling":
            guard let number = value.doubleValue, number > 0, number.isFinite else { return false }
            scaling = number
        case "axis":
            let axes = (value.arrayValue ?? []).compactMap { $0.stringValue.flatMap(Axis.init(rawValue:)) }
            guard axes.count == 3, value.arrayValue?.count == 3, Set(axes.map { $0.rawValue.last }).count == 3 else {
                return false
            }
            axis = axes
        case "sceneGraphMode":
            guard let mode = value.stringValue.flatMap(SceneGraphMode.init(rawValue:)) else { return false }
            sceneGraphMode = mode
        case "opaqueMaterialDefaultSidedness":
            guard let sides = value.stringValue.flatMap(Sidedness.init(rawValue:)) else { return false }
            sidedness = sides
        case "metadataKeys":
            let keys = (value.arrayValue ?? []).compactMap(\.stringValue)
            guard let list = value.arrayValue, keys.count == list.count else { return false }
            metadataKeys = keys
        case "vertex": return readVertex(value)
        case "material-override": return value.stringValue != nil
        default:
            guard let flag = value.boolValue, let path = Self.flags[key] else { return false }
            path(&self, flag)
        }
        return true
    }

    private static let flags: [String: @Sendable (inout ConversionSettings, Bool) -> Void] = [
        "recenterToOrigin": { $0.recentersToOrigin = $1 },
        "gammaToLinearMaterial": { $0.gammaToLinearMaterial = $1 },
        "gammaToLinearVertex": { $0.gammaToLinearVertex = $1 },
        "generateCollisionMesh": { $0.generatesCollisionMesh = $1 },
        "unlitMaterials": { $0.unlitMaterials = $1 },
        "deduplicateMaterials": { $0.deduplicatesMaterials = $1 },
        "fbxAssumeMetallic": { $0.assumesMetallicFBX = $1 },
    ]

    private mutating func readVertex(_ value: JSONValue) -> Bool {
        guard let members = value.objectValue else { return false }
        for (name, format) in members {
            guard let attribute = VertexAttribute(rawValue: name), let format = format.stringValue,
                attribute.formats.contains(format)
            else { return false }
            if format == "NONE" { omittedAttributes.insert(attribute) }
        }
        return true
    }
}
