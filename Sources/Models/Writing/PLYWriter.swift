// SPDX-License-Identifier: Apache-2.0
import Scene

/// Writes models as binary PLY, for servers that lack a model's own format.
public enum PLYWriter {
    /// All triangles as one little-endian binary PLY, placed as the instances say.
    ///
    /// Corners have positions, normals and, where a mesh or a material has colours, 8-bit sRGB colours with alpha;
    /// what does not fit is told by `losses`. Triangles of mirrored instances are turned round, so that all keep their
    /// outer side.
    public static func encode(_ model: Model) -> [UInt8] {
        let placed = model.instances.filter { model.meshes.indices.contains($0.mesh) }
        let vertices = placed.reduce(0) { $0 + model.meshes[$1.mesh].vertexCount }
        let hasColors = placed.contains { instance in
            let mesh = model.meshes[instance.mesh]
            return !mesh.colors.isEmpty || material(of: mesh, in: model).map { !$0.isDefault } ?? false
        }
        var file = Array(header(vertices: vertices, faces: model.triangleCount, hasColors: hasColors).utf8)
        file.reserveCapacity(file.count + vertices * (hasColors ? 28 : 24) + model.triangleCount * 13)
        for instance in placed {
            let mesh = model.meshes[instance.mesh]
            let tint = hasColors ? material(of: mesh, in: model)?.baseColor ?? SIMD4(repeating: 1) : nil
            appendVertices(of: mesh, instance.transform, tint, to: &file)
        }
        var first: UInt32 = 0
        for instance in placed {
            let mesh = model.meshes[instance.mesh]
            appendFaces(of: mesh, first, isMirrored: instance.transform.determinant < 0, to: &file)
            first += UInt32(mesh.vertexCount)
        }
        return file
    }

    /// Sentences about what of the model does not fit into a PLY file; empty when everything does.
    public static func losses(_ model: Model) -> [String] {
        var sentences: [String] = []
        let used = Set(
            model.instances.filter { model.meshes.indices.contains($0.mesh) }.map { model.meshes[$0.mesh].material })
        let materials = used.filter(model.materials.indices.contains).map { model.materials[$0] }
        if materials.contains(where: { $0.baseColorTexture != nil }) {
            sentences.append("Pictures on surfaces are lost: PLY has none.")
        }
        if materials.contains(where: { $0.specularColor != .zero || $0.metallic > 0 || $0.roughness < 1 }) {
            sentences.append("Gloss and metalness of materials are lost: PLY has colours only.")
        }
        if materials.contains(where: { $0.emission != .zero }) {
            sentences.append("Light that surfaces emit is lost: PLY has colours only.")
        }
        if !model.lights.isEmpty { sentences.append("The file's own lights are lost: PLY has none.") }
        if !model.primitives.isEmpty {
            sentences.append("Spheres, capsules, boxes and planes are lost: PLY has triangles only.")
        }
        return sentences
    }

    private static func material(of mesh: Mesh, in model: Model) -> SurfaceMaterial? {
        model.materials.indices.contains(mesh.material) ? model.materials[mesh.material] : nil
    }

    private static func header(vertices: Int, faces: Int, hasColors: Bool) -> String {
        let colors = ["red", "green", "blue", "alpha"].map { "property uchar \($0)\n" }.joined()
        return "ply\nformat binary_little_endian 1.0\nelement vertex \(vertices)\n"
            + ["x", "y", "z", "nx", "ny", "nz"].map { "property float \($0)\n" }.joined()
            + (hasColors ? colors : "")
            + "element face \(faces)\nproperty list uchar uint vertex_indices\nend_header\n"
    }

    private static func appendVertices(of mesh: Mesh, _ place: Matrix4, _ tint: SIMD4<Float>?, to file: inout [UInt8]) {
        for corner in 0..<mesh.vertexCount {
            append(place.apply(toPoint: mesh.position(corner)), to: &file)
            let own =
                mesh.normals.isEmpty
                ? Vector3(0, 0, 1)
                : Vector3(
                    Double(mesh.normals[3 * corner]), Double(mesh.normals[3 * corner + 1]),
                    Double(mesh.normals[3 * corner + 2]))
            append(place.apply(toNormal: own).normalized ?? own, to: &file)
            guard var color = tint else { continue }
            if !mesh.colors.isEmpty { for i in 0..<4 { color[i] *= mesh.colors[4 * corner + i] } }
            let encoded = ColorSpace.encoded(color)
            for i in 0..<4 { file.append(encoded[i]) }
        }
    }

    private static func append(_ v: Vector3, to file: inout [UInt8]) {
        for value in [v.x, v.y, v.z] { append(Float(value).bitPattern, to: &file) }
    }

    private static func append(_ word: UInt32, to file: inout [UInt8]) {
        withUnsafeBytes(of: word.littleEndian) { file.append(contentsOf: $0) }
    }

    private static func appendFaces(of mesh: Mesh, _ first: UInt32, isMirrored: Bool, to file: inout [UInt8]) {
        for start in stride(from: 0, to: mesh.triangleCount * 3, by: 3) {
            let order = isMirrored ? [0, 2, 1] : [0, 1, 2]
            file.append(3)
            for corner in order { append(mesh.indices[start + corner] + first, to: &file) }
        }
    }
}
