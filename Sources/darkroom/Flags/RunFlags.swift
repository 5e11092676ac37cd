// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs
import Scene

/// How a batch is worked off.
struct RunFlags: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Renderer children at work at once, or auto (default: auto).", valueName: "n"),
        transform: FlagValue.countOrAuto)
    var jobs: Setting<Int>?

    @Option(
        help: ArgumentHelp(
            "Cores to use in all, or auto: affinity, cgroup quota, SLURM_CPUS_PER_TASK (default: auto).",
            valueName: "n"),
        transform: FlagValue.countOrAuto)
    var threads: Setting<Int>?

    @Option(
        help: ArgumentHelp(
            """
            What develops the pictures: cpu; auto, a GPU where Vulkan finds one; vulkan, or vulkan:N, the device \
            that darkroom doctor lists under that number (default: cpu).
            """, valueName: "cpu|auto|vulkan[:N]"),
        transform: FlagValue.device)
    var device: JobFile.Device?

    @Option(
        help: ArgumentHelp("Memory a renderer child may hold (default: 4GiB).", valueName: "size"),
        transform: FlagValue.bytes)
    var memoryPerJob: Int?

    @Flag(
        inversion: .prefixedNo, exclusivity: .exclusive,
        help: "Leave out what an earlier run has finished (default: --resume).")
    var resume: Bool?

    @Flag(help: "Draw everything again, finished or not.")
    var force = false

    @Flag(help: "Open every finished picture and draw again those that are not whole.")
    var verify = false

    @Option(
        help: ArgumentHelp("How a changed input is noticed: by size and time, or content (default: stat)."))
    var fingerprint: JobFile.RunSettings.FingerprintKind?

    @Option(
        help: ArgumentHelp(
            """
            This process's part of the work, I/N counted from 1, or auto: SLURM_ARRAY_TASK_*, \
            JOB_COMPLETION_INDEX, else 1/1 (default: auto).
            """, valueName: "auto|I/N"),
        transform: FlagValue.shard)
    var shard: Setting<Shard>?

    @Flag(
        help: """
            Remove pictures that earlier runs of this job made of models that are gone; for a job over one folder, \
            whole.
            """)
    var prune = false

    @Option(
        help: ArgumentHelp(
            "How many pictures --prune may remove: a number, a share or none; more remove nothing (default: 50%).",
            valueName: "n|%"),
        transform: FlagValue.failureLimit)
    var maxPrune: JobFile.RunSettings.FailureLimit?

    @Flag(help: "Print what would be drawn, and draw nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Further tries for an item whose renderer was lost (default: 2).", valueName: "n"))
    var retries: Int?

    @Flag(help: "Try items again that failed in an earlier run.")
    var retryFailed = false

    @Flag(help: "Accept pictures without anything on them.")
    var allowEmpty = false

    @Flag(help: "Take missing side files and colliding names as failures.")
    var strict = false

    @Option(help: ArgumentHelp("Which failures make the run fail (default: any)."))
    var failOn: JobFile.RunSettings.FailOn?

    @Option(
        help: ArgumentHelp(
            "Stop early after this many failures: a number, a share or none (default: 5%).", valueName: "n|%"),
        transform: FlagValue.failureLimit)
    var maxFailures: JobFile.RunSettings.FailureLimit?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The models' up axis: +x, -x, +y, -y, +z, -z, or auto: the file's or its format's (default: auto).",
            valueName: "axis"),
        transform: FlagValue.axis)
    var up: Setting<Axis>?

    func validate() throws {
        if force, resume == true { throw ValidationError("--force and --resume exclude each other.") }
        if force, verify { throw ValidationError("--force and --verify exclude each other.") }
        if verify, resume == false { throw ValidationError("--verify and --no-resume exclude each other.") }
        if maxPrune != nil, !prune { throw ValidationError("--max-prune needs --prune.") }
        if let retries, !(0...100).contains(retries) {
            throw ValidationError("--retries needs a number from 0 to 100.")
        }
    }

    /// Puts what was given into a job.
    func apply(to job: inout JobFile) {
        if let jobs { job.run.jobs = jobs.value }
        if let threads { job.run.threads = threads.value }
        if let device { job.run.device = device }
        if let memoryPerJob { job.run.memoryPerJob = memoryPerJob }
        if let resume { job.run.resume = resume }
        if let fingerprint { job.run.fingerprint = fingerprint }
        if let shard { job.run.shard = shard.value }
        if let retries { job.run.retries = retries }
        if allowEmpty { job.run.allowEmpty = true }
        if let failOn { job.run.failOn = failOn }
        if let maxFailures { job.run.maxFailures = maxFailures }
        if let up { job.sources.up = up.value }
        if strict { job.sources.missingFiles = .fail }
    }
}
