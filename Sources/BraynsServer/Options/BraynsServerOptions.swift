// SPDX-License-Identifier: Apache-2.0
import Logging

/// How a backend is started: what `braynsService` takes, and what a parent process adds.
public struct BraynsServerOptions: Sendable {
    /// Files of a TLS server.
    public struct TLSFiles: Sendable, Hashable {
        public var certificateFile: String
        public var privateKeyFile: String
        public var passphrase: String

        public init(certificateFile: String, privateKeyFile: String, passphrase: String = "") {
            self.certificateFile = certificateFile
            self.privateKeyFile = privateKeyFile
            self.passphrase = passphrase
        }
    }

    /// What a process may use up; `nil` leaves the system's limit.
    public struct Limits: Sendable, Hashable {
        /// Resident bytes; above them the process ends with a sentence.
        public var memoryBytes: Int?
        /// Seconds of processor time of the whole process.
        public var cpuSeconds: Int?
        /// Open files.
        public var openFiles: Int?
        /// Bytes of one model file with its side files.
        public var modelBytes: Int = 4 << 30
        /// Triangles of one model.
        public var triangles: Int = 200_000_000
        /// Pixels of one picture.
        public var pixels: Int = 100_000_000

        public init() {}
    }

    /// Address to listen on, or in client mode the server to connect to.
    public var host: String
    /// Port; 0 lets the system choose a free one.
    public var port: Int
    /// A Unix domain socket in the place of host and port: a whole path, or `@` and a name.
    public var socket: String?
    /// Path after the port, for client mode.
    public var path: String = "/"
    /// Plugins whose methods and loaders are announced, named as `braynsService` names them.
    public var plugins: [String] = []
    public var logLevel: Logger.Level? = .info
    /// First viewport, in pixels.
    public var viewport: (width: Int, height: Int) = (800, 600)
    /// Connect to a server and serve it, instead of listening.
    public var isClient: Bool = false
    /// Seconds between attempts in client mode.
    public var reconnectionSeconds: Double = 1
    /// How many clients are served at once; as many more wait in line, as with a real Brayns.
    public var maxClients: Int = 2
    public var isSecure: Bool = false
    public var tls: TLSFiles?
    /// Certificates that client mode trusts.
    public var caFile: String?

    /// Folders that models are read from and pictures written to; anywhere when `nil`.
    public var roots: [String]?
    /// What the WebSocket path must be, without the slash; any path when `nil`.
    public var secret: String?
    /// Open descriptor that the secret is read from, a line.
    public var secretDescriptor: Int32?
    /// Open descriptor that is told the port as a line of JSON.
    public var reportDescriptor: Int32?
    /// Open descriptor whose end of file ends the backend.
    public var lifelineDescriptor: Int32?
    /// Threads to render with; all cores when `nil`.
    public var threads: Int?
    /// Samples that will be drawn of each model, all its pictures together; few ones are not worth a good hierarchy.
    /// `nil` when that is not known.
    public var expectedSamples: Int?
    public var limits = Limits()
    /// Whether this process is the backend and nothing else: then signals end `run()`, the system's limits are set,
    /// and a limit that is passed ends the process.
    public var ownsProcess: Bool = false

    /// Options of a backend inside this process.
    public init(host: String = "127.0.0.1", port: Int = 0) {
        (self.host, self.port) = (host, port)
    }
}
