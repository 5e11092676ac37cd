// SPDX-License-Identifier: Apache-2.0

/// Reads model files of many formats, within limits.
public struct ModelLoader: Sendable {
    /// What a loader may read, and how much.
    public struct Options: Sendable, Hashable {
        /// Folders that models and their side files must lie in after links are followed; `nil` for anywhere.
        public var roots: [String]?
        /// Bytes of the model and all its side files together.
        public var maxBytes: Int
        /// Triangles of all meshes as often as they are placed.
        public var maxTriangles: Int
        /// Whether a missing side file is an error instead of an entry in `Model.missingFiles`.
        public var strictFiles: Bool

        /// The limits of a job that says nothing of its own: 2 GiB, 50 million triangles, missing files tolerated.
        public init(
            roots: [String]? = nil, maxBytes: Int = 2 << 30, maxTriangles: Int = 50_000_000, strictFiles: Bool = false
        ) {
            (self.roots, self.maxBytes, self.maxTriangles) = (roots, maxBytes, maxTriangles)
            self.strictFiles = strictFiles
        }
    }

    public var options: Options

    public init(options: Options = Options()) { self.options = options }

    /// File extensions that are read, lower case, without the dot.
    public static let extensions: Set<String> = ["obj", "ply", "stl", "off", "gltf", "glb", "fbx", "3mf", "dae"]

    /// Reads a file and the side files it names.
    public func load(path: String) throws(ModelError) -> Model {
        throw ModelError(.unsupportedFeature, "\(path) cannot be read: the loader is not there yet.")
    }

    /// Reads a file that lies in memory; side files it names count as missing.
    /// - Parameter type: the file extension that says the format, with or without the dot, in any case.
    public func load(bytes: [UInt8], type: String) throws(ModelError) -> Model {
        throw ModelError(.unsupportedFeature, "The upload cannot be read: the loader is not there yet.")
    }
}
