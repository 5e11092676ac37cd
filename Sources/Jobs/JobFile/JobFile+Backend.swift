// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension JobFile {
    /// What draws the pictures.
    public struct Backend: Hashable, Sendable {
        /// Where the renderers are.
        public enum Kind: Hashable, Sendable {
            /// The built-in renderer, in child processes.
            case embedded
            /// Running servers, as `host:port`, `ws://…` or `wss://…`.
            case connect([String])
            /// A command that starts a server; `{uri}` stands for the address it is to take.
            case start(String)
        }

        /// The method that draws a frame.
        public enum Capture: String, Hashable, Sendable, CaseIterable {
            /// `render-image` where the backend is ours alone, else `snapshot`.
            case auto
            case snapshot
            case renderImage = "render-image"
        }

        /// Folders that the server knows by another name.
        public struct PathMapping: Hashable, Sendable {
            public var local: String
            public var remote: String

            public init(local: String, remote: String) { (self.local, self.remote) = (local, remote) }
        }

        public var kind = Kind.embedded
        /// Whether nobody else uses the servers connected to.
        public var exclusive = false
        public var capture = Capture.auto
        /// A file of certificates to trust, for `wss://`.
        public var ca: String?
        /// Whether any certificate will do.
        public var insecure = false
        public var map: [PathMapping] = []
        /// The Python that reads USD stages; `nil` is that of DARKROOM_PYTHON, else `python3`.
        public var python: String?

        public init(_ kind: Kind = .embedded) { self.kind = kind }

        /// Whether the backend is a process of our own.
        public var isOurs: Bool {
            if case .connect = kind { return false }
            return true
        }
    }
}

extension JobFile.Backend {
    /// The mapping form: what the short forms cannot say.
    private struct Mapping: JobSection {
        var uri: [String] = []
        var start: String?
        var backend = JobFile.Backend()

        static let keys: [JobKey<Mapping>] = [
            JobKey("uri", \.uri, JobShape<String>.path.oneOrList, "Servers: host:port, ws://… or wss://…."),
            JobKey(optional: "start", \.start, .path, "A command that starts a server at {uri}."),
            JobKey("exclusive", \.backend.exclusive, .bool, "Whether nobody else uses these servers."),
            JobKey("capture", \.backend.capture, .word, "The method that draws a frame."),
            JobKey(optional: "ca", \.backend.ca, .path, "A file of certificates to trust."),
            JobKey("insecure", \.backend.insecure, .bool, "Whether any certificate will do."),
            JobKey("map", \.backend.map, .pathMap, "Local folders and what the server calls them."),
            JobKey(optional: "python", \.backend.python, .path, "The Python with usd-core, for USD stages."),
        ]

        func check(at node: JobNode) throws(JobError) {
            if start != nil, !uri.isEmpty { throw node.error("start and uri exclude each other") }
        }
    }

    fileprivate static func read(_ node: JobNode) throws(JobError) -> JobFile.Backend {
        switch node.content {
        case .null: return JobFile.Backend()
        case .scalar("embedded", _): return JobFile.Backend()
        case .scalar(let address, _) where !address.isEmpty: return JobFile.Backend(.connect([address]))
        case .list:
            let addresses = try JobShape<String>.path.list.read(node)
            guard !addresses.isEmpty else { throw node.unexpected("at least one address") }
            return JobFile.Backend(.connect(addresses))
        case .map:
            let mapping = try JobShape<Mapping>.section.read(node)
            var backend = mapping.backend
            if let start = mapping.start { backend.kind = .start(start) }
            if !mapping.uri.isEmpty { backend.kind = .connect(mapping.uri) }
            return backend
        default: throw node.unexpected("embedded, host:port, ws://…, wss://…, a list of them, or {start: COMMAND}")
        }
    }

    fileprivate static func write(_ backend: JobFile.Backend) -> JobNode {
        var plain = JobFile.Backend()
        plain.kind = backend.kind
        if plain == backend {
            switch backend.kind {
            case .embedded: return .plain("embedded")
            case .connect(let addresses): return .list(addresses)
            case .start: break
            }
        }
        var mapping = Mapping()
        mapping.backend = backend
        if case .start(let command) = backend.kind { mapping.start = command }
        if case .connect(let addresses) = backend.kind { mapping.uri = addresses }
        return JobShape<Mapping>.section.write(mapping)
    }

    fileprivate static let schema: JSONValue = [
        "anyOf": [JobShape<String>.path.schema, JobShape<String>.path.list.schema, JobShape<Mapping>.section.schema]
    ]
}

extension JobNode {
    /// One text alone, or a list of texts.
    fileprivate static func list(_ texts: [String]) -> JobNode {
        texts.count == 1 ? .text(texts[0]) : JobNode(.list(texts.map { .text($0) }))
    }
}

extension JobShape where Value == JobFile.Backend {
    static let backend = JobShape(
        schema: Value.schema, read: { (node) throws(JobError) -> Value in try Value.read(node) },
        write: { Value.write($0) })
}

extension JobShape where Value == [JobFile.Backend.PathMapping] {
    static let pathMap = JobShape(
        "a mapping of local to remote folders",
        schema: ["type": ["object", "null"], "additionalProperties": ["type": "string"]]
    ) { node in
        if node.isNull { return [] }
        guard case .map(let entries) = node.content else { return nil }
        let pairs = entries.compactMap { entry in
            entry.value.text.map { JobFile.Backend.PathMapping(local: entry.key, remote: $0) }
        }
        return pairs.count == entries.count ? pairs : nil
    } write: { pairs in
        .map(pairs.map { ($0.local, .text($0.remote)) })
    }
}
