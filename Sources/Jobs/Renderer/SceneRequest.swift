// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// What a renderer is to hold before frames are drawn.
public struct SceneRequest: Sendable, Hashable {
    /// How a model reaches the backend.
    public enum Send: String, Sendable, Hashable, Codable, CaseIterable {
        /// The backend opens the path itself.
        case path
        /// The file's bytes travel in the request.
        case upload
        /// By path on this machine's own backend; else by path when the backend has it, else by upload.
        case auto
    }

    /// What to do with a backend whose scene is not empty.
    public enum Existing: String, Sendable, Hashable, Codable, CaseIterable {
        case refuse, keep, replace
    }

    /// A model file and how it is to be loaded.
    public struct Model: Sendable, Hashable {
        /// The file as this machine or, for `.path`, the backend names it.
        public var path: String
        /// A loader's name, or `nil` to let the backend choose by extension.
        public var loader: String?
        /// Loader properties, passed on as they are.
        public var properties: JSONValue?
        public var send: Send
        public var transform: Transform?
        /// Material name and parameters, as `set-material-NAME` takes them.
        public var material: (name: String, parameters: JSONValue)? {
            get { materialName.map { ($0, materialParameters ?? .object([:])) } }
            set { (materialName, materialParameters) = (newValue?.name, newValue?.parameters) }
        }
        var materialName: String?
        var materialParameters: JSONValue?
        /// One linear RGBA colour for the whole model.
        public var color: SIMD4<Double>?

        public init(path: String, loader: String? = nil, properties: JSONValue? = nil, send: Send = .auto) {
            (self.path, self.loader, self.properties, self.send) = (path, loader, properties, send)
        }
    }

    /// A further JSON-RPC call, made after the models are loaded.
    public struct SetupCall: Sendable, Hashable {
        public var method: String
        public var parameters: JSONValue?

        public init(method: String, parameters: JSONValue?) {
            (self.method, self.parameters) = (method, parameters)
        }
    }

    public var models: [Model]
    public var setup: [SetupCall] = []
    public var existing: Existing = .refuse
    /// Refuse models with more triangles, where the backend can tell.
    public var maxTriangles: Int?
    /// Time for loading all models, `nil` for no limit.
    public var loadTimeout: Duration?

    public init(models: [Model]) { self.models = models }
}

/// What a prepared scene holds.
public struct SceneReport: Sendable, Hashable {
    /// The box around everything drawn.
    public var bounds: Bounds
    /// The models' own up axis, where the backend tells.
    public var up: Axis?
    /// Lights that the files brought along and the backend already holds.
    public var lights: [Light] = []
    /// The camera that a stage brought along.
    public var camera: StageCamera?
    public var triangles: Int?
    /// Frames of the loaded simulation, or `nil`.
    public var simulationFrames: ClosedRange<Int>?
    /// Sentences for the report.
    public var warnings: [String] = []
    /// Side files the models name that are not there.
    public var missingFiles: [String] = []
    /// Time spent on each stage: "connect", "load" ….
    public var stageSeconds: [String: Double] = [:]

    public init(bounds: Bounds) { self.bounds = bounds }
}
