// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// A Brayns server of a few lines, for tests: it keeps a scene and settings, and answers as the recordings do.
///
/// What it does not know it answers with `null`. Every request is logged.
public final class FakeBrayns: Sendable {
    /// What becomes of a request.
    public enum Reaction: Sendable {
        case result(JSONValue, payload: [UInt8]? = nil)
        case error(Int, String)
        case refusal(RPCError)
        case silence
        /// The connection breaks.
        case breakOff
    }

    public typealias Handler = @Sendable (RPCRequest) -> Reaction

    private struct State {
        var log: [RPCRequest] = []
        var models: [(id: Int, type: String, path: String)] = []
        var nextID = 0
        var settings: [String: JSONValue] = [:]
        /// The camera and the renderer in use.
        var current: [String: String] = [:]
        var accumulation = 0
        var handlers: [String: Handler] = [:]
    }

    private let state = Mutex(State())
    private let extensions: [String]

    /// - Parameter isDarkroom: whether the extension methods of the built-in backend are announced.
    public init(isDarkroom: Bool = false) {
        extensions = isDarkroom ? ["render-planes", "get-scene-report"] : []
    }

    /// All requests so far, in order.
    public var log: [RPCRequest] { state.withLock { $0.log } }
    /// The methods of all requests so far, in order.
    public var methods: [String] { log.map(\.method) }
    /// Types of the models in the scene, lights among them.
    public var modelTypes: [String] { state.withLock { $0.models.map(\.type) } }

    /// The last value that a `set-` method was given: `setting("camera-view")`.
    public func setting(_ name: String) -> JSONValue? { state.withLock { $0.settings[name] } }

    /// The renderer in use.
    public var currentRenderer: String { state.withLock { $0.current["renderer"] ?? "interactive" } }

    public func forgetLog() { state.withLock { $0.log = [] } }

    /// Puts a model of somebody else into the scene.
    public func addForeignModel() { _ = state.withLock { Self.add("mesh", "/foreign.obj", &$0) } }

    /// Answers a method in another way than usual.
    public func on(_ method: String, _ handler: @escaping Handler) { state.withLock { $0.handlers[method] = handler } }

    /// A connection to this server.
    public func connect() -> MemoryPipe {
        let (client, server) = MemoryPipe.pair()
        Task { [self] in await serve(server) { server.breakOff() } }
        return client
    }

    /// Answers what comes over a connection until it ends.
    public func serve(_ connection: any MessageConnection, breakOff: @escaping @Sendable () -> Void) async {
        do {
            for try await message in connection.messages {
                let request: RPCRequest
                switch RPCRequestParser.parse(message) {
                case .success(let parsed): request = parsed
                case .failure(let error):
                    try await connection.send(RPCResponse.error(id: nil, error))
                    continue
                }
                switch react(to: request) {
                case .result(let value, let payload):
                    if let id = request.id {
                        try await connection.send(RPCResponse.result(id: id, value, payload: payload))
                    }
                case .error(let code, let text):
                    try await connection.send(
                        RPCResponse.error(id: request.id, RPCError(code: code, message: text)))
                case .refusal(let error):
                    try await connection.send(RPCResponse.error(id: request.id, error))
                case .silence: break
                case .breakOff: return breakOff()
                }
            }
        } catch {
            breakOff()
        }
    }

    private func react(to request: RPCRequest) -> Reaction {
        let handler = state.withLock { state in
            state.log.append(request)
            return state.handlers[request.method]
        }
        return handler?(request) ?? usual(request)
    }

    private func usual(_ request: RPCRequest) -> Reaction {
        let params = request.params ?? .null
        switch request.method {
        case "get-version":
            return .result(["major": 3, "minor": 10, "patch": 1, "revision": "fake"])
        case "registry":
            let core = [
                "clear-models", "clear-lights", "clear-clipping-geometries", "set-framebuffer-static", "snapshot",
                "render-image", "export-gbuffers", "get-simulation-parameters",
            ]
            return .result(.array((core + extensions).map { .string($0) }))
        case "get-loaders":
            return .result([
                [
                    "name": "mesh", "plugin": "Core", "binary": true, "extensions": ["off", "stl", "ply", "obj"],
                    "input_parameters_schema": ["title": "EmptyLoaderParams"],
                ],
                [
                    "name": "mhd-volume", "plugin": "Core", "binary": false, "extensions": [".MHD"],
                    "input_parameters_schema": ["title": "EmptyLoaderParams"],
                ],
            ])
        case "get-scene": return .result(state.withLock { Self.scene($0) })
        case "get-scene-report":
            return .result(["triangles": 12, "up": "+z", "warnings": ["w"], "missing_files": [], "lights": []])
        case "get-camera-type": return .result(state.withLock { .string($0.current["camera"] ?? "perspective") })
        case "get-renderer-type": return .result(.string(currentRenderer))
        case _ where Self.beginnings[request.method] != nil: return .result(setting(of: request.method))
        case "snapshot": return .result(["color_buffer": ["offset": 0, "size": 4]], payload: [1, 2, 3, 4])
        case "render-image": return renderImage(params)
        default: return change(request.method, params)
        }
    }

    /// What a `get-` method answers: its beginnings with what was set since.
    private func setting(of method: String) -> JSONValue {
        let beginning = Self.beginnings[method]?.objectValue ?? [:]
        let set = state.withLock { $0.settings[String(method.dropFirst(4))] }?.objectValue ?? [:]
        return .object(beginning.merging(set) { $1 })
    }

    /// The settings of a server that was told nothing.
    private static let beginnings: [String: JSONValue] = [
        "get-simulation-parameters": ["current": 0, "dt": 0, "end_frame": 0, "start_frame": 0, "unit": "ms"],
        "get-application-parameters": ["plugins": [], "viewport": [800, 600]],
        "get-camera-perspective": ["fovy": 45, "aperture_radius": 0, "focus_distance": 1],
        "get-camera-orthographic": ["height": 1],
        "get-camera-view": ["position": [0, 0, 0], "target": [0, 0, 1], "up": [0, 1, 0]],
        "get-camera-near-clip": ["distance": 0.000001],
        "get-camera-region": ["image_start": [0, 1], "image_end": [1, 0]],
        "get-renderer-interactive": [
            "ao_samples": 0, "background_color": [0.004, 0.016, 0.102, 0], "enable_shadows": true,
            "max_ray_bounces": 3, "samples_per_pixel": 1,
        ],
        "get-renderer-production": [
            "background_color": [0.004, 0.016, 0.102, 0], "max_ray_bounces": 7, "samples_per_pixel": 1,
        ],
    ]

    private func renderImage(_ params: JSONValue) -> Reaction {
        let accumulation = state.withLock { state in
            if params["render"]?.boolValue ?? true { state.accumulation += 1 }
            return state.accumulation
        }
        let sends = params["send"]?.boolValue ?? true
        return .result(
            ["accumulation": .int(Int64(accumulation)), "max_accumulation": 4], payload: sends ? [9, 8, 7] : nil)
    }

    private func change(_ method: String, _ params: JSONValue) -> Reaction {
        state.withLock { state in
            state.accumulation = 0
            switch method {
            case "add-model", "upload-model":
                return .result([Self.add("mesh", params["path"]?.stringValue ?? "", &state)])
            case "update-model": return .result(Self.model(0, "mesh", ""))
            case "clear-models": state.models = []
            case "clear-lights": state.models.removeAll { $0.type == "light" }
            case "remove-model":
                let ids = params["ids"]?.arrayValue?.compactMap(\.intValue) ?? []
                guard ids.allSatisfy({ id in state.models.contains { $0.id == Int(id) } }) else {
                    return .error(-32603, "No instance with that id was found")
                }
                state.models.removeAll { ids.contains(Int64($0.id)) }
            case _ where method.hasPrefix("add-light-"): return .result(Self.add("light", "", &state))
            case _ where method.hasPrefix("add-clipping-"): return .result(Self.add("clipping_geometry", "", &state))
            case _ where method.hasPrefix("set-"): Self.set(String(method.dropFirst(4)), params, &state)
            default: break
            }
            return .result(.null)
        }
    }

    private static func set(_ name: String, _ params: JSONValue, _ state: inout State) {
        state.settings[name] = params
        for kind in ["camera", "renderer"] where name.hasPrefix(kind + "-") {
            let type = String(name.dropFirst(kind.count + 1))
            if !["view", "near-clip", "region"].contains(type) { state.current[kind] = type }
        }
    }

    private static func add(_ type: String, _ path: String, _ state: inout State) -> JSONValue {
        defer { state.nextID += 1 }
        state.models.append((state.nextID, type, path))
        return model(state.nextID, type, path)
    }

    private static func scene(_ state: State) -> JSONValue {
        let bounds: JSONValue = ["min": [-1, -1, -1], "max": [1, 1, 1]]
        return ["bounds": bounds, "models": .array(state.models.map { model($0.id, $0.type, $0.path) })]
    }

    private static func model(_ id: Int, _ type: String, _ path: String) -> JSONValue {
        let info: JSONValue =
            ["light", "clipping_geometry"].contains(type)
            ? [:]
            : [
                "metadata": ["faces": "12"],
                "load_info": [
                    "source": "from_file", "path": .string(path), "loader_name": "mesh", "load_parameters": [:],
                ],
            ]
        return [
            "model_id": .int(Int64(id)), "model_type": .string(type), "is_visible": true, "info": info,
            "bounds": ["min": [-1, -1, -1], "max": [1, 1, 1]],
            "transform": ["rotation": [0, 0, 0, 1], "scale": [1, 1, 1], "translation": [0, 0, 0]],
        ]
    }
}
