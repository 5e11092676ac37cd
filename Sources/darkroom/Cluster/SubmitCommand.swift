// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Jobs

/// `darkroom submit`: a job handed to a cluster's scheduler, in shards.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Hands a job to Slurm as an array with a merge at its end, or writes it for Kubernetes.",
        discussion: """
            Cores, memory, time, partition and the rest come from the job's section cluster. The job file is copied \
            beside the ledger as it is now, so that shards which start later do the same job. Ledger, models and \
            outputs have to lie where all nodes see them.

            \(ExitTable.text)
            """)

    @OptionGroup var arguments: JobArguments

    @Flag(help: "Submit an array to Slurm, and a merge that waits for it; prints their numbers.")
    var slurm = false

    @Flag(help: "Print the manifest of an indexed Job; nothing is submitted.")
    var kubernetes = false

    @Option(help: ArgumentHelp("Parts of the job (default: cluster.shards, else one for 25 pictures).", valueName: "n"))
    var shards: Int?

    @Option(help: ArgumentHelp("The program on the nodes (default: this one).", valueName: "path"))
    var program: String?

    @Flag(help: "Print what would be submitted, and submit nothing.")
    var dryRun = false

    @OptionGroup(title: "Stores") var stores: StoreFlags

    func validate() throws {
        if slurm == kubernetes { throw ValidationError("Say where to: --slurm or --kubernetes.") }
        if let shards, !(1...10_000).contains(shards) {
            throw ValidationError("--shards needs a number from 1 to 10000.")
        }
    }

    func run() async throws {
        let job = try arguments.job()
        if job.sources.list == "-" {
            throw CommandFailure(
                .usage, "A submitted job cannot read its models from standard input; put the list into a file.")
        }
        if slurm, StoredFiles.holds(job.ledger) {
            throw CommandFailure(
                .usage,
                "Scripts for Slurm lie beside the ledger, and \(job.ledger) is in a store; name a folder that all nodes "
                    + "see with --set ledger=DIR.")
        }
        let (plan, stored) = try await arguments.opened(job, stores)
        defer { stored?.close() }
        let count = shards ?? (job.cluster ?? .init()).shardCount(items: plan.itemCount)
        // Each task finds its own part.
        var handed = job
        handed.run.shard = nil
        if kubernetes {
            let manifest = try KubernetesManifest(job: handed, name: plan.name, shards: count)
            return try StandardStreams.print(manifest.yaml)
        }
        let folder = FileManager.default.currentDirectoryPath
        let place = Submission.folder(ledger: job.ledger)
        let absolute = place.hasPrefix("/") ? place : "\(folder)/\(place)"
        let batch = SlurmBatch(
            job: job, name: plan.name, shards: count, program: try nodeProgram(), jobFile: "\(absolute)/job.yaml",
            folder: folder)
        if dryRun {
            return try StandardStreams.print("# array.sh\n\(batch.array)\n# merge.sh\n\(batch.merge)")
        }
        try submit(batch, handed, shards: count, in: absolute)
    }

    private func submit(_ batch: SlurmBatch, _ job: JobFile, shards: Int, in place: String) throws {
        try Submission.write(job.yaml(), to: "\(place)/job.yaml")
        try Submission.write(batch.array, to: "\(place)/array.sh")
        try Submission.write(batch.merge, to: "\(place)/merge.sh")
        try Submission.makeFolder(batch.logFolder)
        let array = try number(of: SchedulerProgram.run("sbatch", ["--parsable", "\(place)/array.sh"]))
        let merge: String
        do {
            merge = try number(
                of: SchedulerProgram.run(
                    "sbatch", ["--parsable", "--dependency=afterany:\(array)", "\(place)/merge.sh"]))
        } catch {
            throw CommandFailure(
                .environment, "The array \(array) is submitted, its merge is not: \(Blame(error).message)")
        }
        try Submission(array: array, merge: merge, shards: shards).save(ledger: job.ledger)
        try StandardStreams.print("array \(array)\nmerge \(merge)")
    }

    /// The job's number in what `sbatch --parsable` says: `NUMBER` or `NUMBER;CLUSTER`.
    private func number(of text: String) throws(CommandFailure) -> String {
        let word = text.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).first.map(String.init) ?? ""
        guard !word.isEmpty, word.allSatisfy(\.isNumber) else {
            throw CommandFailure(.environment, "sbatch did not tell the job's number but: \(text.prefix(200))")
        }
        return word
    }

    private func nodeProgram() throws(CommandFailure) -> String {
        if let program { return program }
        guard let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw CommandFailure(.environment, "This program does not know where it lies; name it with --program.")
        }
        return own
    }
}
