// SPDX-License-Identifier: Apache-2.0

/// What a process does.
///
/// What is `nil` is left out: a new process gets Core's default for it, one that is changed keeps what it had. Core
/// replaces `{diskfs}`, `{memfs}`, `{processid}`, `{reference}`, `{inputid}` and `{outputid}` in addresses and options.
public struct CoreProcessConfig: Codable, Sendable, Hashable {
    /// An input or output.
    public struct Stream: Codable, Sendable, Hashable {
        /// Made by Core where it is missing.
        public var id: String?
        public var address: String?
        /// Arguments for ffmpeg, before the address.
        public var options: [String]?
        /// Which files an output leaves behind.
        public var cleanup: [Cleanup]?

        public init(id: String? = nil, address: String, options: [String] = [], cleanup: [Cleanup]? = nil) {
            (self.id, self.address, self.options, self.cleanup) = (id, address, options, cleanup)
        }
    }

    /// Files to remove.
    public struct Cleanup: Codable, Sendable, Hashable {
        /// A file system and a pattern, such as `mem:/{processid}/**`.
        public var pattern: String
        /// 0 for any number.
        public var maxFiles: Int?
        /// 0 for any age.
        public var maxFileAgeSeconds: Int?
        /// Remove them all with the process.
        public var purgeOnDelete: Bool?

        public init(pattern: String, purgeOnDelete: Bool, maxFiles: Int? = nil, maxFileAgeSeconds: Int? = nil) {
            (self.pattern, self.purgeOnDelete) = (pattern, purgeOnDelete)
            (self.maxFiles, self.maxFileAgeSeconds) = (maxFiles, maxFileAgeSeconds)
        }
    }

    /// What ends a process that takes too much; 0 is no limit.
    public struct Limits: Codable, Sendable, Hashable {
        /// Percent.
        public var cpuUsage: Double?
        public var memoryMbytes: Double?
        /// Seconds a limit may be passed.
        public var waitforSeconds: Double?

        public init(cpuUsage: Double? = nil, memoryMbytes: Double? = nil, waitforSeconds: Double? = nil) {
            (self.cpuUsage, self.memoryMbytes, self.waitforSeconds) = (cpuUsage, memoryMbytes, waitforSeconds)
        }
    }

    /// Made by Core where it is missing; in a change it renames the process.
    public var id: String?
    /// `ffmpeg`.
    public var type: String?
    public var reference: String?
    public var input: [Stream]?
    public var output: [Stream]?
    /// Arguments before all inputs.
    public var options: [String]?
    /// Start again when it ends, however it ends.
    public var reconnect: Bool?
    public var reconnectDelaySeconds: Int?
    /// Start as soon as it is added, and whenever Core starts.
    public var autostart: Bool?
    /// End it when it says nothing new for so long; 0 waits for ever.
    public var staleTimeoutSeconds: Int?
    public var limits: Limits?

    public init(id: String? = nil, reference: String? = nil, input: [Stream]? = nil, output: [Stream]? = nil) {
        (self.id, self.reference, self.input, self.output) = (id, reference, input, output)
    }
}
