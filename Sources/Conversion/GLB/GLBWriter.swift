// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models
import Scene

/// Writes models and point clouds as binary glTF 2.0.
public struct GLBWriter {
    public var settings: ConversionSettings
    /// Sentences about what did not fit.
    public private(set) var warnings: [String] = []

    private var buffer = GLBBuffer()
    private var meshes: [JSONValue] = []
    private var nodes: [JSONValue] = []
    private var images: [JSONValue] = []
    private var textures: [JSONValue] = []
    private var materials: [JSONValue] = []
    private var textureIndex: [Int: Int] = [:]
    private var extensions: Set<String> = []

    public init(settings: ConversionSettings = ConversionSettings()) { self.settings = settings }

    /// The model's meshes with materials and pictures, placed under one root node that carries `root`.
    ///
    /// - Throws: `ConversionError.limits` beyond what the container can hold.
    public mutating func encode(_ model: Model, root: Matrix4) throws(ConversionError) -> [UInt8] {
        let merged = settings.deduplicatesMaterials ? MaterialMerge(model) : MaterialMerge(keeping: model)
        for material in merged.materials { materials.append(self.material(material, of: model)) }
        let placed = model.instances.filter { model.meshes.indices.contains($0.mesh) }
        if settings.sceneGraphMode == .none {
            for instance in placed {
                let mesh = model.meshes[instance.mesh].placed(by: instance.transform)
                node(mesh: add(mesh, material: merged.index[mesh.material]), .identity)
            }
        } else {
            var index: [Int: Int] = [:]
            for instance in placed {
                let mesh = model.meshes[instance.mesh]
                let known = index[instance.mesh] ?? add(mesh, material: merged.index[mesh.material])
                index[instance.mesh] = known
                node(mesh: known, instance.transform)
            }
        }
        if !model.primitives.isEmpty { warnings.append("Spheres, capsules, boxes and planes are lost: GLB has none.") }
        return try file(root: root)
    }

    /// The points with their colours as one node of points.
    public mutating func encode(_ cloud: PointCloud, root: Matrix4) throws(ConversionError) -> [UInt8] {
        var attributes: [String: JSONValue] = [
            "POSITION": .int(Int64(buffer.add(floats: cloud.positions, width: 3, bounded: true)))
        ]
        if !cloud.colors.isEmpty {
            let isDisplay = settings.gammaToLinearVertex ?? true
            let colors = cloud.linearColors(fromDisplay: isDisplay)
            attributes["COLOR_0"] = .int(Int64(buffer.add(floats: colors, width: 3)))
        }
        // 0 is the mode of points (section 5.24.4).
        meshes.append(.object(["primitives": [.object(["attributes": .object(attributes), "mode": 0])]]))
        node(mesh: 0, .identity)
        return try file(root: root)
    }

    private mutating func file(root: Matrix4) throws(ConversionError) -> [UInt8] {
        var document: [String: JSONValue] = ["asset": ["version": "2.0", "generator": "Darkroom"], "scene": 0]
        let children = nodes.indices.map { JSONValue.int(Int64($0)) }
        var top: [String: JSONValue] = ["name": "root"]
        if !children.isEmpty { top["children"] = .array(children) }
        if root != .identity { top["matrix"] = Self.columns(root) }
        nodes.append(.object(top))
        document["scenes"] = [.object(["nodes": [.int(Int64(nodes.count - 1))]])]
        let parts: [(String, [JSONValue])] = [
            ("nodes", nodes), ("meshes", meshes), ("materials", materials), ("images", images),
            ("textures", textures), ("bufferViews", buffer.views), ("accessors", buffer.accessors),
            ("extensionsUsed", extensions.sorted().map { .string($0) }),
        ]
        for (name, values) in parts where !values.isEmpty { document[name] = .array(values) }
        return try GLBFile.encode(document: document, buffer: buffer.bytes)
    }

    private mutating func node(mesh: Int, _ transform: Matrix4) {
        var node: [String: JSONValue] = ["mesh": .int(Int64(mesh))]
        if transform != .identity { node["matrix"] = Self.columns(transform) }
        nodes.append(.object(node))
    }

    private static func columns(_ matrix: Matrix4) -> JSONValue {
        let columns = [matrix.c0, matrix.c1, matrix.c2, matrix.c3]
        return .array(columns.flatMap { column in (0..<4).map { .double(column[$0]) } })
    }

    // MARK: Meshes

    private mutating func add(_ mesh: Mesh, material: Int?) -> Int {
        var attributes: [String: JSONValue] = [
            "POSITION": .int(Int64(buffer.add(floats: mesh.positions, width: 3, bounded: true)))
        ]
        let omitted = settings.omittedAttributes
        if !mesh.normals.isEmpty, !omitted.contains(.normal) {
            attributes["NORMAL"] = .int(Int64(buffer.add(floats: mesh.normals, width: 3)))
        }
        if !mesh.textureCoordinates.isEmpty, !omitted.contains(.texcoord0) {
            // glTF counts from the upper left, models here from the lower left.
            let turned = mesh.textureCoordinates.indices.map {
                $0.isMultiple(of: 2) ? mesh.textureCoordinates[$0] : 1 - mesh.textureCoordinates[$0]
            }
            attributes["TEXCOORD_0"] = .int(Int64(buffer.add(floats: turned, width: 2)))
        }
        if !mesh.colors.isEmpty, !omitted.contains(.color0) {
            attributes["COLOR_0"] = .int(Int64(buffer.add(floats: mesh.colors, width: 4)))
        }
        var primitive: [String: JSONValue] = [
            "attributes": .object(attributes), "indices": .int(Int64(buffer.add(indices: mesh.indices))),
        ]
        if let material { primitive["material"] = .int(Int64(material)) }
        meshes.append(.object(["primitives": [.object(primitive)]]))
        return meshes.count - 1
    }

    // MARK: Materials

    private mutating func material(_ material: SurfaceMaterial, of model: Model) -> JSONValue {
        let color = material.baseColor
        var surface: [String: JSONValue] = [
            "baseColorFactor": .array((0..<4).map { .double(Double(color[$0])) }),
            "metallicFactor": .double(Double(material.metallic)),
            "roughnessFactor": .double(Double(material.roughness)),
        ]
        if let texture = material.baseColorTexture.flatMap({ self.texture($0, of: model) }) {
            surface["baseColorTexture"] = ["index": .int(Int64(texture))]
        }
        var result: [String: JSONValue] = ["pbrMetallicRoughness": .object(surface)]
        if !material.name.isEmpty { result["name"] = .string(material.name) }
        if material.emission != .zero {
            result["emissiveFactor"] = .array((0..<3).map { .double(Double(min(1, material.emission[$0]))) })
        }
        if let cutoff = material.alphaCutoff {
            (result["alphaMode"], result["alphaCutoff"]) = ("MASK", .double(Double(cutoff)))
        } else if color.w < 1 {
            result["alphaMode"] = "BLEND"
        }
        result["doubleSided"] = .bool(settings.sidedness == .double || color.w < 1)
        if settings.unlitMaterials {
            result["extensions"] = ["KHR_materials_unlit": .object([:])]
            extensions.insert("KHR_materials_unlit")
        }
        return .object(result)
    }

    /// The index of a model's picture in the file; `nil` for one of a kind that glTF does not carry.
    private mutating func texture(_ index: Int, of model: Model) -> Int? {
        if let known = textureIndex[index] { return known }
        guard model.textures.indices.contains(index) else { return nil }
        let texture = model.textures[index]
        let isPNG = texture.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])
        guard isPNG || texture.bytes.starts(with: [0xFF, 0xD8, 0xFF]) else {
            let sentence = "The picture \(texture.name) is lost: GLB carries PNG and JPEG."
            if !warnings.contains(sentence) { warnings.append(sentence) }
            return nil
        }
        let view = buffer.add(bytes: texture.bytes)
        images.append(["bufferView": .int(Int64(view)), "mimeType": .string(isPNG ? "image/png" : "image/jpeg")])
        textures.append(["source": .int(Int64(images.count - 1))])
        textureIndex[index] = textures.count - 1
        return textures.count - 1
    }
}
