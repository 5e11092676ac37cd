// SPDX-License-Identifier: Apache-2.0

/// Where a process stands.
public struct CoreProcessState: Codable, Sendable, Hashable {
    /// What was asked for.
    public enum Order: String, Codable, Sendable {
        case start, stop
    }

    /// What is; versions to come may know more.
    public struct Execution: RawRepresentable, Codable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let starting = Execution(rawValue: "starting")
        public static let running = Execution(rawValue: "running")
        public static let finishing = Execution(rawValue: "finishing")
        /// Ended with exit code 0 or by SIGINT, or never started.
        public static let finished = Execution(rawValue: "finished")
        public static let failed = Execution(rawValue: "failed")
        public static let killed = Execution(rawValue: "killed")
    }

    public var order: Order
    public var exec: Execution
    public var runtimeSeconds: Double?
    /// Seconds until it is started again; -1 when it will not be.
    public var reconnectSeconds: Double?
    /// It may hold addresses with passwords.
    public var lastLogline: String?
    public var progress: CoreProgress?
    public var memoryBytes: Double?
    public var cpuUsage: Double?
    /// ffmpeg's arguments, with all placeholders replaced; they may hold passwords.
    public var command: [String]?

    /// Whether it has ended and will not begin again by itself.
    public var isOver: Bool {
        ![.starting, .running, .finishing].contains(exec) && (order == .stop || (reconnectSeconds ?? -1) < 0)
    }
}

/// How far ffmpeg is; all zero once it has ended.
public struct CoreProgress: Codable, Sendable, Hashable {
    /// One stream in or out; a stock ffmpeg leaves the numbers at zero.
    public struct Stream: Codable, Sendable, Hashable {
        public var id: String?
        /// It may hold a password.
        public var address: String?
        public var index: Int?
        public var stream: Int?
        public var format: String?
        public var type: String?
        public var codec: String?
        public var coder: String?
        public var frame: Double?
        public var fps: Double?
        public var packet: Double?
        public var pps: Double?
        public var sizeKb: Double?
        public var bitrateKbit: Double?
        public var pixFmt: String?
        public var q: Double?
        public var width: Int?
        public var height: Int?
        public var samplingHz: Double?
        public var layout: String?
        public var channels: Int?
    }

    public var inputs: [Stream]?
    public var outputs: [Stream]?
    public var frame: Double?
    public var packet: Double?
    public var fps: Double?
    public var q: Double?
    public var sizeKb: Double?
    /// Seconds of the film.
    public var time: Double?
    public var bitrateKbit: Double?
    /// Seconds of the film a second.
    public var speed: Double?
    public var drop: Double?
    public var dup: Double?
}
