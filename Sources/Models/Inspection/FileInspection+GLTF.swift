// SPDX-License-Identifier: Apache-2.0
import Foundation

extension FileInspection {
    /// Extensions that a file may require: what they describe is drawn, or only refines what is drawn without them.
    static let knownExtensions: Set<String> = [
        "KHR_draco_mesh_compression", "KHR_lights_punctual", "KHR_materials_clearcoat", "KHR_materials_common",
        "KHR_materials_emissive_strength", "KHR_materials_ior", "KHR_materials_pbrSpecularGlossiness",
        "KHR_materials_sheen", "KHR_materials_specular", "KHR_materials_transmission", "KHR_materials_unlit",
        "KHR_materials_volume", "KHR_texture_transform", "KHR_xmp_json_ld",
    ]
    /// Nodes deeper than this would overrun the stack of readers that call themselves.
    private static let deepest = 1000

    mutating func inspectGLTF() throws(ModelError) {
        let isBinary = file.head(4) == Array("glTF".utf8)
        if isBinary != (format == "glb") {
            warnings.append("\(shown) is a \(isBinary ? "binary" : "text") glTF file under another name.")
            format = isBinary ? "glb" : "gltf"
        }
        let json = isBinary ? try binaryJSON() : file.contents()
        let root: Any
        do {
            root = try JSONSerialization.jsonObject(with: Data(json.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }))
        } catch {
            throw corrupt("holds no valid JSON")
        }
        guard let document = root as? [String: Any] else { throw corrupt("holds JSON that is not an object") }
        try checkExtensions(document)
        try checkBuffers(document)
        try checkTriangles(document)
        try checkNodes(document)
    }

    /// The JSON chunk of a GLB file whose lengths fit together.
    private func binaryJSON() throws(ModelError) -> [UInt8] {
        let head = file.head(20)
        func number(_ at: Int) -> Int { head[at..<at + 4].reversed().reduce(0) { $0 << 8 | Int($1) } }
        guard head.count == 20 else { throw corrupt("is cut short: it has only \(file.size) bytes") }
        guard number(4) == 2 else {
            throw ModelError(
                .unsupportedFeature, "\(shown) is binary glTF of version \(number(4)); only version 2 is read.")
        }
        guard number(8) <= file.size else {
            throw corrupt("is cut short: it announces \(number(8)) bytes and has \(file.size)")
        }
        let length = number(12)
        guard head[16..<20].elementsEqual("JSON".utf8), length <= file.size - 20 else {
            throw corrupt("does not start with a JSON chunk that fits")
        }
        return Array(file.head(20 + length).dropFirst(20))
    }

    private func checkExtensions(_ document: [String: Any]) throws(ModelError) {
        let required = document["extensionsRequired"] as? [String] ?? []
        let lacking = required.filter { !Self.knownExtensions.contains($0) }.sorted()
        guard !lacking.isEmpty else { return }
        let names = lacking.map { $0.prefix(80) }.joined(separator: ", ")
        throw ModelError(
            .unsupportedFeature, "\(shown) requires \(names), which is not read: export it without.")
    }

    /// Buffers hold the corners: without one there is nothing to draw, so what is wrong with it is said here.
    private func checkBuffers(_ document: [String: Any]) throws(ModelError) {
        let buffers = document["buffers"]
        let entries = buffers as? [[String: Any]] ?? (buffers as? [String: [String: Any]]).map { Array($0.values) }
        for entry in entries ?? [] {
            guard let uri = entry["uri"] as? String, !uri.lowercased().hasPrefix("data:") else { continue }
            let name = uri.count > 200 ? uri.prefix(200) + "…" : uri
            if uri.hasPrefix("/") || uri.hasPrefix("\\") {
                throw ModelError(
                    .outsideRoots, "\(shown) names the buffer \"\(name)\" by an absolute path, which is not opened.")
            }
            switch access.side(uri, in: folder) {
            case .found: break
            case .missing:
                throw ModelError(.missingFile, "\(shown) needs the file \"\(name)\", which is not there.")
            case .refused(let reason):
                throw ModelError(.outsideRoots, "\(shown) needs the file \"\(name)\": \(reason).")
            }
        }
    }

    private func checkTriangles(_ document: [String: Any]) throws(ModelError) {
        guard let meshes = document["meshes"] as? [[String: Any]],
            let accessors = document["accessors"] as? [[String: Any]]
        else { return }
        var corners = 0
        for mesh in meshes {
            for primitive in mesh["primitives"] as? [[String: Any]] ?? [] {
                guard (primitive["mode"] as? Int ?? 4) == 4 else { continue }
                let attributes = primitive["attributes"] as? [String: Any]
                guard let index = primitive["indices"] as? Int ?? attributes?["POSITION"] as? Int,
                    accessors.indices.contains(index), let count = accessors[index]["count"] as? Int, count > 0
                else { continue }
                let (sum, overflow) = corners.addingReportingOverflow(count)
                guard !overflow else { throw corrupt("counts more corners than there can be") }
                corners = sum
            }
        }
        try FileInspection.check(triangles: corners / 3, of: shown, limit: options.maxTriangles)
    }

    /// Walks the nodes from the roots down, level by level.
    private func checkNodes(_ document: [String: Any]) throws(ModelError) {
        guard let nodes = document["nodes"] as? [[String: Any]] else { return }
        let children = nodes.map { ($0["children"] as? [Int] ?? []).filter(nodes.indices.contains) }
        var isChild = [Bool](repeating: false, count: nodes.count)
        for child in children.joined() {
            guard !isChild[child] else { throw corrupt("has a node with two parents") }
            isChild[child] = true
        }
        var level = nodes.indices.filter { !isChild[$0] }
        var (depth, seen) = (0, 0)
        while !level.isEmpty {
            seen += level.count
            depth += 1
            guard depth <= Self.deepest else { throw corrupt("nests its nodes more than \(Self.deepest) deep") }
            level = level.flatMap { children[$0] }
        }
        // Every node has at most one parent, so what no root reaches goes in a circle.
        guard seen == nodes.count else { throw corrupt("has nodes that contain themselves") }
    }
}
