// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// One model of the server's scene: loaded, made of primitives, or a light.
public struct SceneModel: Codable, Hashable, Sendable {
    /// Where a model came from.
    public struct LoadInfo: Codable, Hashable, Sendable {
        /// `from_file`, `from_blob` or `none`.
        public var source: String
        /// The file as the server names it; empty for uploads.
        public var path: String
        public var loaderName: String
        /// The loader's properties as they were sent.
        public var loadParameters: JSONValue?

        enum CodingKeys: String, CodingKey {
            case source, path
            case loaderName = "loader_name"
            case loadParameters = "load_parameters"
        }
    }

    /// Facts about a model; all optional, lights have none.
    public struct Info: Codable, Hashable, Sendable {
        /// Counts and names for people, such as `faces`.
        public var metadata: [String: String]?
        public var loadInfo: LoadInfo?
        public var baseTransform: Transform?

        enum CodingKeys: String, CodingKey {
            case metadata
            case loadInfo = "load_info"
            case baseTransform = "base_transform"
        }
    }

    public var id: Int
    /// `mesh`, `light`, `geometry`, `Volume` …: the server's texts are not uniform.
    public var type: String
    /// The box around the model in the scene's units; empty for lights.
    public var bounds: Bounds
    public var isVisible: Bool?
    public var transform: Transform?
    public var info: Info?

    enum CodingKeys: String, CodingKey {
        case id = "model_id"
        case type = "model_type"
        case bounds
        case isVisible = "is_visible"
        case transform, info
    }

    /// Whether this is a light rather than something drawn.
    public var isLight: Bool { type == "light" }
}

/// Everything that the server's scene holds.
public struct SceneDescription: Codable, Hashable, Sendable {
    /// The box around all visible models; empty when there are none.
    public var bounds: Bounds
    public var models: [SceneModel]
}
