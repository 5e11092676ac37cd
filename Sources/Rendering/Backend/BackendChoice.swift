// SPDX-License-Identifier: Apache-2.0

/// Which backend draws.
public enum BackendChoice: Sendable, Hashable {
    /// The built-in renderer in child processes of this program.
    case embedded(EmbeddedOptions = EmbeddedOptions())
    /// A server that is started with a command line and ended with the run; `{uri}` in it becomes a free loopback
    /// address. One server for each of `children`.
    case start(command: String, children: Int = 1)
    /// Servers that run already: `host:port`, `ws://…` or `wss://…`, one renderer each. `exclusive` says that nobody
    /// else uses them, so that frames may come by `render-image`.
    case remote([String], exclusive: Bool = false)

    /// How the built-in renderer is run.
    public struct EmbeddedOptions: Sendable, Hashable {
        /// Child processes; chosen from cores and memory when `nil`.
        public var children: Int?
        /// Children that will have something to draw: of those chosen from cores no more are started, and each gets a
        /// larger share of the cores. No bound when `nil`.
        public var mostChildren: Int?
        /// Samples that will be drawn of each model, all its pictures together, when known.
        public var expectedSamples: Int?
        /// Cores that the children share; those that this process may use when `nil`.
        public var threads: Int?
        /// Resident bytes above which a child ends itself; no limit when `nil`.
        public var memoryPerChild: Int?
        /// Folders that models may be read from; anywhere when `nil`.
        public var roots: [String]?
        /// The program to start; this one when `nil`.
        public var executable: String?
        /// Bytes of one model file with its side files; the backend's own limit when `nil`.
        public var maxModelBytes: Int?
        /// Triangles of one model; the backend's own limit when `nil`.
        public var maxTriangles: Int?
        /// Pixels of one picture; the backend's own limit when `nil`.
        public var maxPixels: Int?
        /// Plugins of Brayns whose loaders and methods it has too, such as `braynsCircuitExplorer`.
        public var plugins: [String] = []

        public init(children: Int? = nil, threads: Int? = nil, memoryPerChild: Int? = nil) {
            (self.children, self.threads, self.memoryPerChild) = (children, threads, memoryPerChild)
        }
    }
}
