// SPDX-License-Identifier: Apache-2.0
import CAssimp
import CAssimpShim
import Foundation

/// A scene that Assimp holds; freed with this value.
struct AssimpImport: ~Copyable {
    private(set) var scene: UnsafePointer<aiScene>

    /// What Brayns reports of a mesh file: meshes, triangles and corners before equal corners are joined.
    private(set) var counts: (meshes: Int, faces: Int, vertices: Int) = (0, 0, 0)

    /// Assimp keeps its last error in one place for the whole process, so imports go one after another. Not a
    /// `Mutex`: that could not hand the scene's pointer out.
    private static let turn = NSLock()

    /// Reads a model; polygons come out as triangles, texture coordinates as the pictures need them.
    /// - Parameter shown: the file's name in messages.
    init(files: AssimpFiles, shown: String, format: String) throws(ModelError) {
        let outcome = AssimpImport.turn.withLock { AssimpImport.run(files) }
        if let failure = files.failure {
            if case .success(let scene) = outcome { aiReleaseImport(scene) }
            throw failure
        }
        switch outcome {
        case .success(let scene): self.scene = scene
        case .failure(let failure):
            throw ImportErrorText.error(failure.text, shown: shown, format: format, missing: files.missing)
        }
        let meshes = scene.pointee.mMeshes
        for index in 0..<Int(scene.pointee.mNumMeshes) {
            guard let mesh = meshes?[index] else { continue }
            counts.meshes += 1
            counts.faces += Int(mesh.pointee.mNumFaces)
            counts.vertices += Int(mesh.pointee.mNumVertices)
        }
    }

    deinit { aiReleaseImport(scene) }

    private struct Failure: Error { var text: String }

    private static func run(_ files: AssimpFiles) -> Result<UnsafePointer<aiScene>, Failure> {
        if let cause = cassimp_load() {
            return .failure(Failure(text: "Assimp, which reads it, cannot be loaded: \(String(cString: cause))"))
        }
        guard let settings = aiCreatePropertyStore() else { return .failure(Failure(text: "out of memory")) }
        defer { aiReleasePropertyStore(settings) }
        // A file of bones without a surface must not come out as a surface made of the bones.
        aiSetImportPropertyInteger(settings, AI_CONFIG_IMPORT_NO_SKELETON_MESHES, 1)
        let read = files.withCallbacks { aiImportFileExWithProperties(files.mainPath, 0, $0, settings) }
        guard let read else { return .failure(Failure(text: String(cString: aiGetErrorString()))) }
        guard isSound(read) else {
            aiReleaseImport(read)
            return .failure(Failure(text: "it has faces without corners"))
        }
        mendFaces(of: read)
        // Not aiProcess_SortByPType: it crashes on meshes without corners, which STL files have.
        let steps =
            aiProcess_Triangulate.rawValue | aiProcess_GenUVCoords.rawValue
            | aiProcess_TransformUVCoords.rawValue
        guard let done = aiApplyPostProcessing(read, UInt32(steps)) else {
            return .failure(Failure(text: String(cString: aiGetErrorString())))
        }
        return .success(done)
    }

    /// Lets faces that name corners which are not there name the first corner throughout, which draws nothing: the
    /// steps that follow would read behind the arrays, and abort the process where kinds and faces do not agree.
    private static func mendFaces(of scene: UnsafePointer<aiScene>) {
        for index in 0..<Int(scene.pointee.mNumMeshes) {
            guard let mesh = scene.pointee.mMeshes?[index], let faces = mesh.pointee.mFaces else { continue }
            let corners = mesh.pointee.mVertices == nil ? 0 : mesh.pointee.mNumVertices
            var kinds: UInt32 = 0
            for face in 0..<Int(mesh.pointee.mNumFaces) {
                guard let indices = faces[face].mIndices else {
                    faces[face].mNumIndices = 0
                    continue
                }
                let count = Int(faces[face].mNumIndices)
                kinds |= 1 << UInt32(min(4, max(1, count)) - 1)
                guard (0..<count).contains(where: { indices[$0] >= corners }) else { continue }
                for i in 0..<count { indices[i] = 0 }
            }
            // Readers that stop early announce polygons which are not there; the triangulation aborts on that.
            mesh.pointee.mPrimitiveTypes = max(1, kinds)
        }
    }

    /// Whether no mesh has faces without corners to name, which no later step would survive.
    private static func isSound(_ scene: UnsafePointer<aiScene>) -> Bool {
        (0..<Int(scene.pointee.mNumMeshes)).allSatisfy { index in
            guard let mesh = scene.pointee.mMeshes?[index]?.pointee else { return false }
            return mesh.mNumFaces == 0 || mesh.mVertices != nil && mesh.mNumVertices > 0
        }
    }
}
