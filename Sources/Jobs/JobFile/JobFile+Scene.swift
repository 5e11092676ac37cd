// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension JobFile {
    /// What stands in a scene.
    public struct SceneSettings: Hashable, Sendable {
        /// What to do with a remote backend whose scene is not empty.
        public var existing = SceneRequest.Existing.refuse
        /// Named models, all in one scene, instead of sources.
        public var models: [NamedModel] = []
        /// A JSON-lines file of further calls, made once the models are loaded.
        public var setup: String?
        /// The lights of every frame; `nil` takes the file's own, else a rig tied to the camera.
        public var lights: [Light]?
        /// What stands behind everything, as it will look in the picture; `nil` is transparent.
        public var background: PictureColor?

        public init() {}
    }

    /// A model named in the job.
    public struct NamedModel: Hashable, Sendable {
        public var path = ""
        public var loader: String?
        /// Loader properties, passed on as they are.
        public var params: JSONValue?
        public var send = SceneRequest.Send.auto
        public var transform = Transform.identity
        /// The material's name and parameters, as `set-material-NAME` takes them.
        public var material: JSONValue?
        public var colour: PictureColor?

        public init() {}

        /// A model that lies at `path`.
        public init(path: String) { self.path = path }
    }
}

extension JobFile.SceneSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("existing", \.existing, .word, "What to do with a backend whose scene is not empty."),
        JobKey("models", \.models, JobShape<JobFile.NamedModel>.section.list, "Named models, instead of sources."),
        JobKey("setup", \.setup, JobShape<String>.path.orNull, "A JSON-lines file of further JSON-RPC calls."),
        JobKey("lights", \.lights, JobShape<Light>.light.list.or("auto"), "Lights; auto takes the file's, else a rig."),
        JobKey(
            "background", \.background, JobShape<PictureColor>.color.or("transparent"),
            "What stands behind everything."),
    ]
}

extension JobFile.NamedModel: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("path", \.path, .path, "The file, as the backend names it when sent by path."),
        JobKey(optional: "loader", \.loader, .string, "The loader's name."),
        JobKey(optional: "params", \.params, .json, "Loader properties, passed on as they are."),
        JobKey("send", \.send, .word, "How the model reaches the backend."),
        JobKey("transform", \.transform, .transform, "Translation, rotation and scale."),
        JobKey(optional: "material", \.material, .material, "Material: {name, and its parameters}."),
        JobKey(optional: "colour", \.colour, .color, "One colour for the whole model."),
    ]

    func check(at node: JobNode) throws(JobError) {
        if path.isEmpty { throw node.error("a model needs a path") }
    }
}

extension JobShape where Value == JSONValue {
    /// Anything that JSON can say.
    static let json = JobShape(schema: [:], read: { (node) throws(JobError) -> Value in node.json }) {
        JobNode(json: $0)
    }

    /// An object with a name.
    static let material = JobShape(
        "a mapping with a name, such as {name: phong}",
        schema: ["type": "object", "required": ["name"], "properties": ["name": ["type": "string"]]]
    ) { node in
        node["name"]?.text == nil ? nil : node.json
    } write: {
        JobNode(json: $0)
    }
}

extension JobNode {
    /// The node as JSON; plain scalars take the type that they look like.
    var json: JSONValue {
        switch content {
        case .null: return .null
        case .list(let elements): return .array(elements.map(\.json))
        case .map(let entries):
            return .object(Dictionary(entries.map { ($0.key, $0.value.json) }) { _, last in last })
        case .scalar(let text, true): return .string(text)
        case .scalar(let text, false):
            if let whole = Int64(text) { return .int(whole) }
            if let number = Double(text), number.isFinite { return .double(number) }
            return ["true": .bool(true), "false": .bool(false)][text] ?? .string(text)
        }
    }

    init(json: JSONValue) {
        switch json {
        case .null: self = JobNode(.null)
        case .bool(let value): self = .plain(value ? "true" : "false")
        case .int(let value): self = .plain(String(value))
        case .double(let value): self = .plain(String(value))
        case .string(let text): self = JobNode.text(text)
        case .array(let elements): self = JobNode(.list(elements.map { JobNode(json: $0) }))
        case .object(let members):
            self = .map(members.sorted { $0.key < $1.key }.map { ($0.key, JobNode(json: $0.value)) })
        }
    }
}
