// SPDX-License-Identifier: Apache-2.0
import Scene

/// Everything that was read from one model file.
public struct Model: Sendable {
    /// One placing of a mesh.
    public struct Instance: Sendable, Hashable {
        /// Index into `meshes`.
        public var mesh: Int
        /// From mesh coordinates to the model's.
        public var transform: Matrix4

        public init(mesh: Int, transform: Matrix4) {
            self.mesh = mesh
            self.transform = transform
        }
    }

    public var meshes: [Mesh] = []
    public var materials: [SurfaceMaterial] = []
    public var textures: [Texture] = []
    public var instances: [Instance] = []
    /// Spheres, capsules, boxes and planes, for loaders that give no triangles.
    public var primitives = Primitives()
    /// Grids of samples, for loaders that give volumes.
    public var volumes: [VolumeGrid] = []
    /// The file's own lights, in model coordinates.
    public var lights: [Light] = []
    /// The file's up axis: said by the file, or usual for its format.
    public var up: Axis = .plusY
    /// Facts for people: counts as Brayns' `metadata` gives them.
    public var metadata: [String: String] = [:]
    /// Sentences about what was left out or put right.
    public var warnings: [String] = []
    /// Textures and other side files that the model names and that are not there, as it names them.
    public var missingFiles: [String] = []

    public init() {}
}
