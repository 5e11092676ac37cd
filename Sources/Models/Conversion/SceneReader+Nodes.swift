// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Scene

extension SceneReader {
    /// Places the meshes as the nodes say, and remembers where named nodes lie.
    mutating func placeMeshes() throws(ModelError) {
        guard let root = scene.pointee.mRootNode else { return }
        var (triangles, misplaced) = (0, 0)
        var open: [(UnsafePointer<aiNode>, Matrix4)] = [(UnsafePointer(root), .identity)]
        while let (node, above) = open.popLast() {
            let place = above * Matrix4(node.pointee.mTransformation)
            let name = node.pointee.mName.text
            if !name.isEmpty, nodePlaces[name] == nil { nodePlaces[name] = place }
            for index in 0..<Int(node.pointee.mNumMeshes) {
                guard let number = node.pointee.mMeshes?[index], meshPlaces.indices.contains(Int(number)),
                    let mesh = meshPlaces[Int(number)]
                else { continue }
                guard place.isFinite else {
                    misplaced += 1
                    continue
                }
                triangles += model.meshes[mesh].triangleCount
                try FileInspection.check(triangles: triangles, of: shown, limit: options.maxTriangles)
                model.instances.append(Model.Instance(mesh: mesh, transform: place))
            }
            // Last first, so that children are placed in the file's order.
            for index in (0..<Int(node.pointee.mNumChildren)).reversed() {
                if let child = node.pointee.mChildren?[index] { open.append((UnsafePointer(child), place)) }
            }
        }
        if misplaced > 0 {
            warn("\(misplaced) parts of \(shown) are left out: their transforms hold numbers that are none.")
        }
    }
}
