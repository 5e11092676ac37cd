// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import JSONRPC
import Scene

/// One model of the server's scene: loaded, made of primitives, or a light.
public struct SceneModel: Codable, Hashable, Sendable {
    /// The number it is called by.
    public var id: Int
    /// `mesh`, `light`, `geometry`, `Volume` …: the server's texts are not uniform.
    public var type: String
    /// The box around it in scene units; empty for lights.
    public var bounds: Bounds
    /// Whether it is drawn.
    public var isVisible: Bool?
    /// Where it stands, applied after the transform of its file.
    public var transform: Transform?
    /// What is known of it.
    public var info: SceneModel.Info

    /// Takes every value; what is `nil` is left out of the message.
    public init(
        id: Int, type: String, bounds: Bounds, info: SceneModel.Info, isVisible: Bool? = nil,
        transform: Transform? = nil
    ) {
        self.id = id
        self.type = type
        self.bounds = bounds
        self.isVisible = isVisible
        self.transform = transform
        self.info = info
    }

    enum CodingKeys: String, CodingKey {
        case id = "model_id"
        case type = "model_type"
        case bounds
        case isVisible = "is_visible"
        case transform
        case info
    }
}

/// What `update-model` changes; what is `nil` stays as it is.
public struct ModelChange: Codable, Hashable, Sendable {
    /// Whether it is drawn.
    public var isVisible: Bool?
    /// Replaces its transform.
    public var transform: Transform?

    /// Takes every value; what is `nil` is left out of the message.
    public init(isVisible: Bool? = nil, transform: Transform? = nil) {
        self.isVisible = isVisible
        self.transform = transform
    }

    enum CodingKeys: String, CodingKey {
        case isVisible = "is_visible"
        case transform
    }
}

extension SceneModel {
    /// Facts about a model; all optional, lights have none.
    public struct Info: Codable, Hashable, Sendable {
        /// Counts and names for people, such as `faces`.
        public var metadata: [String: String]?
        /// Where it came from; missing for what was not loaded.
        public var loadInfo: SceneModel.LoadInfo?
        /// The transform that its file gave it.
        public var baseTransform: Transform?

        /// Takes every value; what is `nil` is left out of the message.
        public init(
            metadata: [String: String]? = nil, loadInfo: SceneModel.LoadInfo? = nil, baseTransform: Transform? = nil
        ) {
            self.metadata = metadata
            self.loadInfo = loadInfo
            self.baseTransform = baseTransform
        }

        enum CodingKeys: String, CodingKey {
            case metadata
            case loadInfo = "load_info"
            case baseTransform = "base_transform"
        }
    }
}

extension SceneModel {
    /// Where a model came from.
    public struct LoadInfo: Codable, Hashable, Sendable {
        /// `from_file`, `from_blob` or `none`.
        public var source: String
        /// The file as the server names it; empty for uploads.
        public var path: String
        /// The loader that read it.
        public var loaderName: String
        /// The loader's properties as they were sent.
        public var loadParameters: JSONValue

        /// Takes every value.
        public init(source: String, path: String, loaderName: String, loadParameters: JSONValue) {
            self.source = source
            self.path = path
            self.loaderName = loaderName
            self.loadParameters = loadParameters
        }

        enum CodingKeys: String, CodingKey {
            case source
            case path
            case loaderName = "loader_name"
            case loadParameters = "load_parameters"
        }
    }
}

/// Everything that the server's scene holds.
public struct SceneDescription: Codable, Hashable, Sendable {
    /// The box around all visible models; empty when there are none.
    public var bounds: Bounds
    /// All models, lights among them.
    public var models: [SceneModel]

    /// Takes every value.
    public init(bounds: Bounds, models: [SceneModel]) {
        self.bounds = bounds
        self.models = models
    }
}

/// The parameters of `update-model`.
public struct ModelUpdate: Codable, Hashable, Sendable {
    /// The model to change.
    public var modelID: Int
    /// What changes.
    public var model: ModelChange

    /// Takes every value.
    public init(modelID: Int, model: ModelChange) {
        self.modelID = modelID
        self.model = model
    }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case model
    }
}

/// The parameters of `instantiate-model`.
public struct InstanceRequest: Codable, Hashable, Sendable {
    /// The model whose geometry the copies share.
    public var modelID: Int
    /// One for each copy.
    public var transforms: [Transform]

    /// Takes every value.
    public init(modelID: Int, transforms: [Transform]) {
        self.modelID = modelID
        self.transforms = transforms
    }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case transforms
    }
}

/// Names one model.
public struct ModelReference: Codable, Hashable, Sendable {
    /// The model.
    public var id: Int

    /// Takes every value.
    public init(id: Int) {
        self.id = id
    }
}

/// The parameters of `remove-model`.
public struct ModelRemoval: Codable, Hashable, Sendable {
    /// The models and lights to remove; the server refuses all of them when one is unknown.
    public var ids: [Int]

    /// Takes every value.
    public init(ids: [Int]) {
        self.ids = ids
    }
}

/// The parameters of `add-model`.
public struct AddModelRequest: Codable, Hashable, Sendable {
    /// The file by the path that the server has.
    public var path: String
    /// The loader; an empty name lets the server choose by extension.
    public var loaderName: String
    /// The loader's properties, an object.
    public var loaderProperties: JSONValue

    /// Takes every value.
    public init(path: String, loaderName: String, loaderProperties: JSONValue) {
        self.path = path
        self.loaderName = loaderName
        self.loaderProperties = loaderProperties
    }

    enum CodingKeys: String, CodingKey {
        case path
        case loaderName = "loader_name"
        case loaderProperties = "loader_properties"
    }
}

/// The parameters of `upload-model`; the file's bytes are the payload.
public struct UploadModelRequest: Codable, Hashable, Sendable {
    /// The file's extension without the dot.
    public var type: String
    /// The loader; an empty name lets the server choose by extension.
    public var loaderName: String
    /// The loader's properties, an object.
    public var loaderProperties: JSONValue

    /// Takes every value.
    public init(type: String, loaderName: String, loaderProperties: JSONValue) {
        self.type = type
        self.loaderName = loaderName
        self.loaderProperties = loaderProperties
    }

    enum CodingKeys: String, CodingKey {
        case type
        case loaderName = "loader_name"
        case loaderProperties = "loader_properties"
    }
}
