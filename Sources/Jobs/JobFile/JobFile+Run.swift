// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension JobFile {
    /// How the job is carried out.
    public struct RunSettings: Hashable, Sendable {
        /// How inputs enter the fingerprint.
        public enum FingerprintKind: String, Hashable, Sendable, CaseIterable {
            /// By size and modification time.
            case stat
            /// By content.
            case content
        }

        /// Which failures make the run fail.
        public enum FailOn: String, Hashable, Sendable, CaseIterable {
            case any
            /// Those that were not known before.
            case new
            case none
        }

        /// When so many failures end the run.
        public enum FailureLimit: Hashable, Sendable {
            /// A part of all items, at least 20, that failed for another reason than their own models.
            case fraction(Double)
            /// Failures of any kind.
            case count(Int)
            case none
        }

        /// Renderers at once; `nil` counts cores and memory.
        public var jobs: Int?
        /// Threads of all renderers together; `nil` asks affinity, control group and Slurm.
        public var threads: Int?
        /// What develops the pictures.
        public var device = Device.cpu
        /// Bytes that one renderer may hold.
        public var memoryPerJob = 4 << 30
        /// The part of the job that this run does; `nil` asks the scheduler's environment.
        public var shard: Shard?
        public var resume = true
        public var fingerprint = FingerprintKind.stat
        /// Further tries after an error that may pass.
        public var retries = 2
        public var timeouts = Timeouts()
        public var limits = Limits()
        /// Whether blank pictures are kept.
        public var allowEmpty = false
        public var failOn = FailOn.any
        public var maxFailures = FailureLimit.fraction(0.05)

        public init() {}
    }

    /// Time that each stage may take; `nil` is no limit.
    public struct Timeouts: Hashable, Sendable {
        /// How long loading may take.
        public enum Load: Hashable, Sendable {
            /// 10 minutes on a renderer of our own, no limit on a server.
            case auto
            case none
            case after(Duration)
        }

        public var connect: Duration? = .seconds(10)
        public var load = Load.auto
        public var render: Duration? = .seconds(300)
        public var item: Duration? = .seconds(1200)

        public init() {}
    }

    /// How large an input or picture may be.
    public struct Limits: Hashable, Sendable {
        /// Bytes of a model file.
        public var bytes = 2 << 30
        public var triangles = 50_000_000
        /// Pixels of a render.
        public var pixels = 64_000_000

        public init() {}
    }
}

extension JobFile.RunSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("jobs", \.jobs, JobShape<Int>.int(1...4096).or("auto"), "Renderers at once."),
        JobKey("threads", \.threads, JobShape<Int>.int(1...4096).or("auto"), "Threads of all renderers together."),
        JobKey("device", \.device, .device, "What develops the pictures: cpu, auto, vulkan or vulkan:N."),
        JobKey("memory-per-job", \.memoryPerJob, .bytes, "Memory that one renderer may hold."),
        JobKey("shard", \.shard, JobShape<Shard>.shard.or("auto"), "The part of the job that this run does: I/N."),
        JobKey("resume", \.resume, .bool, "Whether finished items are left alone."),
        JobKey("fingerprint", \.fingerprint, .word, "How inputs are known again: by size and time, or by content."),
        JobKey("retries", \.retries, .int(0...100), "Further tries after an error that may pass."),
        JobKey("timeouts", \.timeouts, .section, "Time for each stage."),
        JobKey("limits", \.limits, .section, "How large an input or picture may be."),
        JobKey("allow-empty", \.allowEmpty, .bool, "Whether blank pictures are kept."),
        JobKey("fail-on", \.failOn, .word, "Which failures make the run fail."),
        JobKey("max-failures", \.maxFailures, .failureLimit, "When so many failures end the run."),
    ]
}

extension JobFile.Timeouts: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("connect", \.connect, JobShape<Duration>.duration.or("none"), "Until a backend answers."),
        JobKey("load", \.load, .loadTimeout, "Until the models are loaded."),
        JobKey("render", \.render, JobShape<Duration>.duration.or("none"), "For one frame."),
        JobKey("item", \.item, JobShape<Duration>.duration.or("none"), "From the start of an item to its files."),
    ]
}

extension JobFile.Limits: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("bytes", \.bytes, .bytes, "Bytes of a model file."),
        JobKey("triangles", \.triangles, .count, "Triangles of a scene."),
        JobKey("pixels", \.pixels, .count, "Pixels of a render."),
    ]
}

extension JobShape where Value == JobFile.Timeouts.Load {
    static let loadTimeout = JobShape(
        "a duration such as 10m, auto or none",
        schema: ["anyOf": [["enum": ["auto", "none"]], JobShape<Duration>.duration.schema]]
    ) { node in
        switch node.text {
        case "auto": .auto
        case "none": Value.none
        default: node.text.flatMap(Quantity.duration).map { .after($0) }
        }
    } write: { limit in
        switch limit {
        case .auto: .plain("auto")
        case .none: .plain("none")
        case .after(let duration): .plain(Quantity.text(duration))
        }
    }
}

extension JobShape where Value == JobFile.RunSettings.FailureLimit {
    static let failureLimit = JobShape(
        "a percentage such as 5%, a number of failures, or none",
        schema: ["type": ["string", "integer"], "pattern": "^([0-9.]+%|[0-9]+|none)$"]
    ) { node in
        guard let text = node.text else { return nil }
        return Value(text)
    } write: { limit in
        switch limit {
        case .fraction(let part): .plain("\(Quantity.shortest(part * 100))%")
        case .count(let count): .plain(String(count))
        case .none: .plain("none")
        }
    }
}

extension JobFile.RunSettings.FailureLimit {
    /// Reads `5%`, a number of failures, or `none`.
    public init?(_ text: String) {
        if text == "none" {
            self = .none
        } else if text.hasSuffix("%"), let part = Quantity.fraction(text), (0...1).contains(part) {
            self = .fraction(part)
        } else if let count = Int(text), count >= 0 {
            self = .count(count)
        } else {
            return nil
        }
    }
}

extension JobShape where Value == Shard {
    static let shard = JobShape(
        "a part such as 3/16", schema: ["type": "string", "pattern": "^[0-9]+/[0-9]+$"]
    ) { node in
        node.text.flatMap { Shard($0) }
    } write: {
        .text($0.description)
    }
}
