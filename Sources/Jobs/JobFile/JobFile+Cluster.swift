// SPDX-License-Identifier: Apache-2.0

extension JobFile {
    /// What a cluster's scheduler gives each shard: `darkroom submit` makes an array of it.
    public struct ClusterSettings: Hashable, Sendable {
        /// Parts of the job; `nil` takes one for every 25 pictures, at most 32.
        public var shards: Int?
        /// Shards that may run at once; `nil` leaves that to the scheduler.
        public var atOnce: Int?
        /// Cores of a shard; `nil` takes `run.threads`, else what the scheduler gives.
        public var cpus: Int?
        /// Bytes of a shard; `nil` takes what the scheduler gives.
        public var memory: Int?
        /// The longest that a shard may run; one that is not done by then goes on from where it was.
        public var time: Duration?
        public var partition: String?
        public var account: String?
        public var qos: String?
        /// Further options of the scheduler, as it takes them: `--constraint=avx512`.
        public var options: [String] = []
        /// Lines of the shell before the program: `module load apptainer`.
        public var setup: [String] = []
        /// The container image of a Kubernetes job.
        public var image: String?
        /// The volume claim of a Kubernetes job, mounted as working folder.
        public var claim: String?

        public init() {}

        /// How many parts a job of so many items has.
        public func shardCount(items: Int) -> Int { shards ?? min(32, max(1, (items + 24) / 25)) }
    }
}

extension JobFile.ClusterSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("shards", \.shards, JobShape<Int>.int(1...10_000).or("auto"), "Parts of the job."),
        JobKey(optional: "at-once", \.atOnce, .int(1...10_000), "Shards that may run at once."),
        JobKey(optional: "cpus", \.cpus, .int(1...4096), "Cores of a shard."),
        JobKey(optional: "memory", \.memory, .bytes, "Memory of a shard."),
        JobKey(optional: "time", \.time, .duration, "The longest that a shard may run before it is queued again."),
        JobKey(optional: "partition", \.partition, .schedulerWord, "Slurm's partition."),
        JobKey(optional: "account", \.account, .schedulerWord, "Slurm's account."),
        JobKey(optional: "qos", \.qos, .schedulerWord, "Slurm's quality of service."),
        JobKey("options", \.options, JobShape<String>.schedulerWord.oneOrList, "Further options of sbatch."),
        JobKey("setup", \.setup, JobShape<String>.shellLine.oneOrList, "Lines of the shell before the program."),
        JobKey(optional: "image", \.image, .path, "The container image of a Kubernetes job."),
        JobKey(optional: "claim", \.claim, .path, "The volume claim of a Kubernetes job, its working folder."),
    ]
}

extension JobShape where Value == String {
    /// Text for a line of `#SBATCH`, which no quotes can hold together.
    fileprivate static let schedulerWord = path.checked(
        "text of one line", { text in !text.unicodeScalars.contains { $0.value < 32 } })
    fileprivate static let shellLine = schedulerWord
}
