// SPDX-License-Identifier: Apache-2.0
import Models

extension Loader {
    /// Triangles drawn white whatever their file says, as a real Brayns draws them.
    static let mesh = Loader(name: "mesh", extensions: braynsMeshes, isBinary: true) { input in
        let end = input.fileExtension
        guard braynsMeshes.contains(end) else {
            throw RPCFailure.internalError(
                "The loader 'mesh' does not read '\(end)'; it reads \(braynsMeshes.joined(separator: ", "))")
        }
        var model = try input.mesh()
        model.makeWhite()
        return [LoadedShapes(mesh: model)]
    }

    /// Triangles of all formats that are read, with the materials, pictures and colours of their files.
    static let darkroomMesh = Loader(
        name: "darkroom-mesh", plugin: "Darkroom", extensions: ModelLoader.extensions.sorted(), isBinary: true
    ) { input in [LoadedShapes(mesh: try input.mesh())] }

    private static let braynsMeshes = ["off", "stl", "ply", "obj"]
}

extension LoadInput {
    fileprivate var fileExtension: String {
        switch source {
        case .file(let path): OutputFile.fileExtension(of: path)
        case .upload(_, let type): type.lowercased()
        }
    }

    fileprivate func mesh() throws(ModelError) -> Model {
        switch source {
        case .file(let path): try models.load(path: path)
        case .upload(let bytes, let type): try models.load(bytes: bytes, type: type)
        }
    }
}

extension LoadedShapes {
    fileprivate init(mesh model: Model) {
        self.init(
            type: "mesh", model: model,
            methods: [.solid, ColorMethod(name: "triangle", keys: .parts(count: model.triangleCount))])
    }
}

extension Model {
    /// Leaves only the shapes, in white without highlights.
    fileprivate mutating func makeWhite() {
        var white = SurfaceMaterial()
        white.baseColor = SIMD4(repeating: 1)
        white.specularColor = .zero
        materials = [white]
        textures = []
        missingFiles = []
        for index in meshes.indices {
            meshes[index].material = 0
            meshes[index].colors = []
            meshes[index].textureCoordinates = []
        }
    }
}
