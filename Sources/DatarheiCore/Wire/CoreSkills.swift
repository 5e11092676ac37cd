// SPDX-License-Identifier: Apache-2.0

/// What a Core's ffmpeg can do.
public struct CoreSkills: Codable, Sendable, Hashable {
    public struct Program: Codable, Sendable, Hashable {
        public struct Library: Codable, Sendable, Hashable {
            public var name: String
            public var compiled: String?
            public var linked: String?
        }

        public var version: String?
        public var compiler: String?
        public var configuration: String?
        public var libraries: [Library]?
    }

    public struct Item: Codable, Sendable, Hashable {
        public var id: String
        public var name: String?
    }

    public struct Codec: Codable, Sendable, Hashable {
        public var id: String
        public var name: String?
        public var encoders: [String]?
        public var decoders: [String]?
    }

    public struct Codecs: Codable, Sendable, Hashable {
        public var audio: [Codec]?
        public var video: [Codec]?
        public var subtitle: [Codec]?
    }

    public struct Device: Codable, Sendable, Hashable {
        public struct Source: Codable, Sendable, Hashable {
            public var id: String
            public var name: String?
            public var extra: String?
            public var media: String?
        }

        public var id: String
        public var name: String?
        public var devices: [Source]?
    }

    public struct Devices: Codable, Sendable, Hashable {
        public var demuxers: [Device]?
        public var muxers: [Device]?
    }

    public struct Formats: Codable, Sendable, Hashable {
        public var demuxers: [Item]?
        public var muxers: [Item]?
    }

    public struct Protocols: Codable, Sendable, Hashable {
        public var input: [Item]?
        public var output: [Item]?
    }

    public var ffmpeg: Program?
    public var filter: [Item]?
    public var hwaccels: [Item]?
    public var codecs: Codecs?
    public var devices: Devices?
    public var formats: Formats?
    public var protocols: Protocols?

    /// Whether a video codec of this name, such as `libx264`, can be written.
    public func canEncodeVideo(_ encoder: String) -> Bool {
        (codecs?.video ?? []).contains { $0.id == encoder || ($0.encoders ?? []).contains(encoder) }
    }
}
