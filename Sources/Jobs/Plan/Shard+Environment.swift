// SPDX-License-Identifier: Apache-2.0

extension Shard {
    /// The part that a scheduler's environment names: a Slurm job array or a Kubernetes indexed job; else the whole.
    ///
    /// Kubernetes tells a pod its index only; the number of completions must be set as `JOB_COMPLETIONS`.
    /// - Throws: `JobError` of code `usage` for variables that contradict each other.
    public init(environment: [String: String]) throws(JobError) {
        func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
        if let id = number("SLURM_ARRAY_TASK_ID") {
            let first = number("SLURM_ARRAY_TASK_MIN") ?? 0
            let step = max(1, number("SLURM_ARRAY_TASK_STEP") ?? 1)
            let last = number("SLURM_ARRAY_TASK_MAX")
            let told = number("SLURM_ARRAY_TASK_COUNT")
            let count = last.map { ($0 - first) / step + 1 } ?? told
            // A list with gaps, such as 1,3,7-9, does not tell which of its tasks this one is.
            guard let count, (told ?? count) == count, (id - first) % step == 0,
                let shard = Shard(index: (id - first) / step + 1, count: count)
            else {
                throw JobError(
                    .usage,
                    "SLURM_ARRAY_TASK_ID is \(id), which does not fit the other SLURM_ARRAY_TASK variables; give --shard I/N"
                )
            }
            self = shard
        } else if let index = number("JOB_COMPLETION_INDEX") {
            guard let count = number("JOB_COMPLETIONS"), let shard = Shard(index: index + 1, count: count) else {
                throw JobError(
                    .usage,
                    "JOB_COMPLETION_INDEX is \(index), but JOB_COMPLETIONS does not say of how many; set it in the pod, or give --shard I/N"
                )
            }
            self = shard
        } else {
            self = .whole
        }
    }
}
