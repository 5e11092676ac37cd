// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Scene

extension SceneReader {
    /// Refuses scenes beyond the limit before anything is copied.
    func checkTriangles() throws(ModelError) {
        var total = 0
        for index in 0..<Int(scene.pointee.mNumMeshes) {
            total += Int(scene.pointee.mMeshes?[index]?.pointee.mNumFaces ?? 0)
        }
        try FileInspection.check(triangles: total, of: shown, limit: options.maxTriangles)
    }

    /// Copies all meshes that have triangles.
    mutating func readMeshes() {
        var (points, lines, unusable) = (0, 0, 0)
        for index in 0..<Int(scene.pointee.mNumMeshes) {
            guard let mesh = scene.pointee.mMeshes?[index], var builder = builder(mesh.pointee) else {
                meshPlaces.append(nil)
                continue
            }
            (builder.triangles, points, lines) = triangles(mesh.pointee, points, lines)
            unusable += builder.dropUnusable()
            guard !builder.triangles.isEmpty else {
                meshPlaces.append(nil)
                continue
            }
            var made = builder.build()
            made.material = material(of: made, min(Int(mesh.pointee.mMaterialIndex), coordinateSets.count - 1))
            meshPlaces.append(model.meshes.count)
            model.meshes.append(made)
            checkPicture(of: made)
        }
        if unusable > 0 {
            warn(Self.unusableWarning(unusable, of: shown))
        }
        if points + lines > 0, !model.meshes.isEmpty {
            warn("\(points) points and \(lines) lines of \(shown) are left out: only surfaces are drawn.")
        }
    }

    /// What to say of triangles that have no place in space.
    static func unusableWarning(_ count: Int, of shown: String) -> String {
        "\(count) triangles of \(shown) are left out: corners that are no numbers, or beyond 1e18."
    }

    private func builder(_ mesh: aiMesh) -> MeshBuilder? {
        guard let positions = mesh.mVertices, mesh.mNumVertices > 0, mesh.mFaces != nil else { return nil }
        let count = Int(mesh.mNumVertices)
        func packed(_ start: UnsafeMutablePointer<aiVector3D>?) -> UnsafeBufferPointer<MeshBuilder.SIMD3Packed>? {
            start.map {
                // aiVector3D is three floats in a row, as SIMD3Packed is.
                UnsafeBufferPointer(
                    start: UnsafeRawPointer($0).assumingMemoryBound(to: MeshBuilder.SIMD3Packed.self), count: count)
            }
        }
        guard let places = packed(positions) else { return nil }
        var builder = MeshBuilder(positions: places)
        builder.work = WorkSplit(threads: options.threads)
        // The normals of STL are its facets', and of Blender's files its corners' without regard to flat faces: made
        // anew they let curved bodies look curved and boxes look like boxes.
        builder.normals = ["stl", "blend"].contains(format) ? nil : packed(mesh.mNormals)
        builder.textureCoordinates = packed(coordinates(of: mesh))
        builder.colors = vertexColors(mesh, count)
        return builder
    }

    /// The set that the material's picture wants, or the first one when that is not there.
    private func coordinates(of mesh: aiMesh) -> UnsafeMutablePointer<aiVector3D>? {
        let material = Int(mesh.mMaterialIndex)
        guard model.materials.indices.contains(material), model.materials[material].baseColorTexture != nil else {
            return nil
        }
        let sets = mesh.mTextureCoords
        let all = [sets.0, sets.1, sets.2, sets.3, sets.4, sets.5, sets.6, sets.7]
        let wanted = coordinateSets[material]
        return (all.indices.contains(wanted) ? all[wanted] : nil) ?? sets.0
    }

    private func vertexColors(_ mesh: aiMesh, _ count: Int) -> [SIMD4<Float>] {
        guard let source = mesh.mColors.0 else { return [] }
        let given = (0..<count).map { SIMD4(source[$0].r, source[$0].g, source[$0].b, source[$0].a) }
        return CornerColors.drawn(given, colors)
    }

    /// The material of a mesh; colours at corners stand alone where the file has no material besides.
    private mutating func material(of mesh: Mesh, _ index: Int) -> Int {
        guard !mesh.colors.isEmpty, model.materials[index].isDefault else { return index }
        var white = model.materials[index]
        white.baseColor = SIMD4(repeating: 1)
        if let known = model.materials.firstIndex(of: white) { return known }
        model.materials.append(white)
        return model.materials.count - 1
    }

    private func triangles(_ mesh: aiMesh, _ points: Int, _ lines: Int) -> ([UInt32], Int, Int) {
        var (result, points, lines) = ([UInt32](), points, lines)
        guard let faces = mesh.mFaces else { return (result, points, lines) }
        result.reserveCapacity(3 * Int(mesh.mNumFaces))
        for face in 0..<Int(mesh.mNumFaces) {
            let count = faces[face].mNumIndices
            guard let indices = faces[face].mIndices, count == 3 else {
                if count == 1 { points += 1 }
                if count == 2 { lines += 1 }
                continue
            }
            // Two equal corners make no surface; so do those of faces that `AssimpImport` found damaged.
            guard (0..<3).allSatisfy({ indices[$0] < mesh.mNumVertices }), indices[0] != indices[1],
                indices[1] != indices[2], indices[2] != indices[0]
            else { continue }
            for i in 0..<3 { result.append(indices[i]) }
        }
        return (result, points, lines)
    }

    private mutating func checkPicture(of mesh: Mesh) {
        let material = model.materials[mesh.material]
        guard material.baseColorTexture != nil, mesh.textureCoordinates.isEmpty else { return }
        warn("A mesh of \(shown) has a picture but no texture coordinates; it is drawn without.")
    }
}
