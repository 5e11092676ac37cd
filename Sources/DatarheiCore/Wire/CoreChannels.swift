// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// An RTMP stream that is being published.
public struct CoreRTMPChannel: Codable, Sendable, Hashable {
    /// The path with the app's name.
    public var name: String
}

/// The SRT server's streams: one object, not a list.
public struct CoreSRTChannels: Codable, Sendable, Hashable {
    public struct Connection: Codable, Sendable, Hashable {
        public var log: JSONValue?
        /// Counters of the SRT protocol by name, such as `rtt_ms`.
        public var stats: [String: Double]?
    }

    /// Sockets by stream id.
    public var publisher: [String: Int]?
    public var subscriber: [String: [Int]]?
    /// By socket.
    public var connections: [String: Connection]?
    public var log: JSONValue?
}

/// An input that Core's own player feeds (commercial builds of ffmpeg only).
public struct CorePlayoutStatus: Codable, Sendable, Hashable {
    public struct Flow: Codable, Sendable, Hashable {
        /// `running` or `idle`.
        public var state: String?
        public var packet: Double?
        public var time: Double?
        public var sizeKb: Double?
    }

    public struct Swap: Codable, Sendable, Hashable {
        public var url: String?
        public var status: String?
        public var lasturl: String?
        public var lasterror: String?
    }

    public var id: String?
    public var url: String?
    public var stream: Double?
    public var queue: Double?
    public var aqueue: Double?
    public var dup: Double?
    public var drop: Double?
    public var enc: Double?
    public var looping: Bool?
    public var duplicating: Bool?
    public var gop: String?
    public var debug: JSONValue?
    public var input: Flow?
    public var output: Flow?
    public var swap: Swap?
}
