// SPDX-License-Identifier: Apache-2.0
import Logging

/// How frames are fetched, and how long things may take.
public struct RenderingOptions: Sendable {
    /// The method that brings a frame.
    public enum Capture: String, Sendable, Hashable, Codable, CaseIterable {
        /// `renderImage` on a backend that is ours alone, `snapshot` on a shared one.
        case auto
        /// Leaves the backend's state alone; takes whole seconds on a real Brayns.
        case snapshot
        /// As fast as the renderer; changes the state that all clients of the backend share.
        case renderImage = "render-image"
    }

    public var capture: Capture = .auto
    /// Time for connecting and for the first answer.
    public var connectTimeout: Duration = .seconds(10)
    /// Time that a child has to tell its port, and a started server to answer.
    public var startTimeout: Duration = .seconds(30)
    /// Time that a child has to end by itself before it is killed.
    public var closeGrace: Duration = .seconds(2)
    /// Paths as this machine names them and as the backend names them; the longest prefix that fits is replaced.
    public var pathMap: [PathMapping] = []
    /// Certificates to trust with `wss`; the system's when `nil`.
    public var caFile: String?
    /// Whether any certificate will do.
    public var allowsInsecureTLS = false
    /// Whether rendering and sending are asked for separately, for measurements; costs a request a frame.
    public var partsTransfer = false
    /// Frames that are expected to take longer come by `snapshot` from a backend of one's own too, since only that can be
    /// cancelled and tells how far it is.
    public var longFrame: Duration = .seconds(30)
    /// How USD stages are read.
    public var stages = StageFlattener()
    /// Where choices and losses are explained.
    public var logger = Logger(label: "darkroom.rendering") { _ in SwiftLogNoOpLogHandler() }

    public init() {}

    /// A folder as this machine and as the backend name it.
    public struct PathMapping: Sendable, Hashable {
        public var local: String
        public var remote: String

        public init(local: String, remote: String) { (self.local, self.remote) = (local, remote) }
    }
}

extension [RenderingOptions.PathMapping] {
    /// The path as the backend names it.
    func remotePath(_ path: String) -> String {
        func prefix(_ folder: String) -> String { folder.hasSuffix("/") ? folder : folder + "/" }
        let fitting = filter { path == $0.local || path.hasPrefix(prefix($0.local)) }
        guard let mapping = fitting.max(by: { $0.local.utf8.count < $1.local.utf8.count }) else { return path }
        if path == mapping.local { return mapping.remote }
        return prefix(mapping.remote) + path.dropFirst(prefix(mapping.local).count)
    }
}
