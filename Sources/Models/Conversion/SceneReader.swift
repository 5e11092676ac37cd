// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Scene

/// Turns a scene that Assimp read into a `Model`.
struct SceneReader {
    let scene: UnsafePointer<aiScene>
    /// The file's name in messages.
    let shown: String
    /// Its extension, lower case.
    let format: String
    /// Where side files are looked for; `nil` for an upload.
    let folder: String?
    let options: ModelLoader.Options
    let access: FileAccess
    let colors: ColorSpace

    var model = Model()
    /// For each mesh of Assimp's: its place in `model.meshes`, or `nil` when it holds no triangle.
    var meshPlaces: [Int?] = []
    /// For each material: the set of texture coordinates that its picture wants.
    var coordinateSets: [Int] = []
    /// For each picture's name: its place in `model.textures`, or `nil` when it cannot be had.
    var texturePlaces: [String: Int?] = [:]
    /// World transforms of nodes, by name, for lights.
    var nodePlaces: [String: Matrix4] = [:]

    init(
        scene: UnsafePointer<aiScene>, shown: String, format: String, folder: String?, options: ModelLoader.Options,
        access: FileAccess
    ) {
        (self.scene, self.shown, self.format, self.folder) = (scene, shown, format, folder)
        (self.options, self.access, colors) = (options, access, ColorSpace(format: format))
    }

    /// The whole model.
    mutating func read() throws(ModelError) -> Model {
        try checkTriangles()
        try readMaterials()
        readMeshes()
        try placeMeshes()
        readLights()
        model.up = upAxis
        guard !model.instances.isEmpty else { throw emptiness }
        guard model.bounds.diagonal > 0 else {
            throw ModelError(.empty, "\(shown) has triangles, but all lie in one point.")
        }
        dropUnusedMeshes()
        rescueInvisible()
        return model
    }

    mutating func warn(_ sentence: String) {
        if !model.warnings.contains(sentence) { model.warnings.append(sentence) }
    }

    /// The up axis that FBX files state; else the one usual for the format.
    private var upAxis: Axis {
        guard format == "fbx", let axis = integer("UpAxis"), (0...2).contains(axis) else {
            return Axis.byExtension(format)
        }
        let positive: [Axis] = [.plusX, .plusY, .plusZ]
        return integer("UpAxisSign") == -1 ? positive[axis].opposite : positive[axis]
    }

    private func integer(_ key: String) -> Int? {
        guard let data = scene.pointee.mMetaData?.pointee, let keys = data.mKeys, let values = data.mValues else {
            return nil
        }
        for index in 0..<Int(data.mNumProperties) where keys[index].text == key {
            guard values[index].mType == AI_INT32, let value = values[index].mData else { return nil }
            return Int(value.loadUnaligned(as: Int32.self))
        }
        return nil
    }

    /// What to say of a model without a triangle.
    private var emptiness: ModelError {
        var (points, lines, triangles) = (0, 0, 0)
        for index in 0..<Int(scene.pointee.mNumMeshes) {
            guard let mesh = scene.pointee.mMeshes?[index]?.pointee, let faces = mesh.mFaces else { continue }
            for face in 0..<Int(mesh.mNumFaces) {
                switch faces[face].mNumIndices {
                case 1: points += 1
                case 2: lines += 1
                case 3: triangles += 1
                default: break
                }
            }
            if mesh.mNumFaces == 0 { points += Int(mesh.mNumVertices) }
        }
        if triangles > 0 {
            let unusable = !model.warnings.isEmpty
            return ModelError(
                .empty,
                unusable
                    ? "\(shown) has no triangle whose corners are numbers that can be drawn."
                    : "\(shown) has triangles, but its scene places none of them.")
        }
        guard points + lines > 0 else { return ModelError(.empty, "\(shown) holds nothing that can be drawn.") }
        let what =
            points == 0 ? "\(lines) lines" : lines == 0 ? "\(points) points" : "\(points) points and \(lines) lines"
        return ModelError(.empty, "\(shown) has no surface: it holds \(what), and only surfaces are drawn.")
    }

    /// Takes out meshes that no instance places, which nobody will draw.
    private mutating func dropUnusedMeshes() {
        var used = [Bool](repeating: false, count: model.meshes.count)
        for instance in model.instances { used[instance.mesh] = true }
        guard used.contains(false) else { return }
        var places: [Int] = []
        var kept: [Mesh] = []
        for (index, mesh) in model.meshes.enumerated() {
            places.append(kept.count)
            if used[index] { kept.append(mesh) }
        }
        model.meshes = kept
        for index in model.instances.indices { model.instances[index].mesh = places[model.instances[index].mesh] }
    }

    /// A model all of whose materials have no opacity at all is one whose exporter wrote transparency for opacity.
    private mutating func rescueInvisible() {
        let used = Set(model.meshes.map(\.material))
        guard used.allSatisfy({ model.materials[$0].baseColor.w == 0 }) else { return }
        for index in used { model.materials[index].baseColor.w = 1 }
        warn("All materials of \(shown) are fully transparent; it is drawn opaque.")
    }
}
