// SPDX-License-Identifier: Apache-2.0

/// What ffmpeg said in a run, and in those before.
public struct CoreProcessReport: Codable, Sendable, Hashable {
    /// A line of ffmpeg's log.
    public struct Line: Codable, Sendable, Hashable {
        /// Seconds since 1970.
        public var time: Double?
        /// It may hold addresses with passwords.
        public var text: String

        public init(time: Double?, text: String) { (self.time, self.text) = (time, text) }

        // On the wire a pair of texts.
        public init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            time = if let text = try? pair.decode(String.self) { Double(text) } else { try pair.decode(Double.self) }
            text = try pair.decode(String.self)
        }

        public func encode(to encoder: any Encoder) throws {
            var pair = encoder.unkeyedContainer()
            try pair.encode(time.flatMap { Int64(exactly: $0.rounded()) }.map(String.init) ?? "")
            try pair.encode(text)
        }
    }

    /// An earlier run.
    public struct Run: Codable, Sendable, Hashable {
        public var createdAt: Int?
        public var exitedAt: Int?
        public var exitState: String?
        public var prelude: [String]?
        public var log: [Line]?
    }

    /// Seconds since 1970.
    public var createdAt: Int?
    /// ffmpeg's first lines.
    public var prelude: [String]?
    /// The last lines; how many Core keeps is a setting of it.
    public var log: [Line]?
    public var history: [Run]?
}

/// A run that a search through all reports found.
public struct CoreReportMatch: Codable, Sendable, Hashable {
    public var id: String
    public var reference: String?
    public var exitState: String?
    /// Seconds since 1970.
    public var createdAt: Int?
    public var exitedAt: Int?
}

/// Which runs to search for; `nil` sets no condition.
public struct CoreReportQuery: Sendable, Hashable {
    public var idPattern: String?
    public var referencePattern: String?
    /// How the run ended, such as `failed`.
    public var state: String?
    /// Seconds since 1970.
    public var from: Int?
    public var to: Int?

    public init() {}

    var items: [(String, String?)] {
        [
            ("idpattern", idPattern), ("refpattern", referencePattern), ("state", state),
            ("from", from.map(String.init)), ("to", to.map(String.init)),
        ]
    }
}

/// What ffmpeg finds in a process's inputs.
public struct CoreProbe: Codable, Sendable, Hashable {
    public struct Stream: Codable, Sendable, Hashable {
        public var url: String?
        public var format: String?
        public var index: Int?
        public var stream: Int?
        public var language: String?
        /// `video`, `audio`, `subtitle`.
        public var type: String?
        public var codec: String?
        public var coder: String?
        public var bitrateKbps: Double?
        public var durationSec: Double?
        public var fps: Double?
        public var pixFmt: String?
        public var width: Int?
        public var height: Int?
        public var samplingHz: Double?
        public var layout: String?
        public var channels: Int?
    }

    public var streams: [Stream]?
    public var log: [String]?
}
