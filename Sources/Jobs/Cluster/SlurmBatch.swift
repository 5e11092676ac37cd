// SPDX-License-Identifier: Apache-2.0

/// The batch scripts of a job for Slurm: an array with one task a shard, and the merge that waits for it.
///
///     let batch = SlurmBatch(job: job, name: "nightly", shards: 8, program: "/opt/darkroom/bin/darkroom",
///                            jobFile: "/data/.darkroom/submit/job.yaml", folder: "/data")
///     try batch.array.write(toFile: "array.sh", …)      // sbatch array.sh
public struct SlurmBatch: Sendable {
    private let cluster: JobFile.ClusterSettings
    private let name: String
    private let shards: Int
    private let program: String
    private let jobFile: String
    private let folder: String
    private let logs: String
    private let cpus: Int?

    /// - Parameters:
    ///   - job: `cluster`, `run.threads` and `ledger` are what counts here.
    ///   - name: the name that the queue shows.
    ///   - program: the program on the nodes.
    ///   - jobFile: the job file that every task reads.
    ///   - folder: the folder that the job's paths are relative to.
    public init(job: JobFile, name: String, shards: Int, program: String, jobFile: String, folder: String) {
        cluster = job.cluster ?? JobFile.ClusterSettings()
        (self.shards, self.program, self.jobFile, self.folder) = (shards, program, jobFile, folder)
        // A name goes into a comment line, which knows no quotes.
        self.name = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
        logs = PathName.join(PathName.join(folder, job.ledger), "log")
        cpus = cluster.cpus ?? job.run.threads
    }

    /// The folder of the tasks' logs; it has to be there before they start.
    public var logFolder: String { logs }

    /// The script of the array.
    ///
    /// Slurm's warning before the time limit (USR1) ends the run in good order and puts the task back into the queue,
    /// where it goes on; SIGTERM, which cancelling sends, ends it for good.
    public var array: String {
        """
        #!/bin/bash
        #SBATCH --job-name=\(name)
        #SBATCH --array=1-\(shards)\(cluster.atOnce.map { "%\($0)" } ?? "")
        #SBATCH --output=\(logs)/%A_%a.log
        #SBATCH --signal=B:USR1@60
        \(common)
        late=0
        trap 'late=1; kill -TERM "$child" 2>/dev/null' USR1
        trap 'kill -TERM "$child" 2>/dev/null' TERM
        \(quoted(program)) render \(quoted(jobFile)) --shard "$SLURM_ARRAY_TASK_ID/\(shards)" &
        child=$!
        wait "$child"; code=$?
        # A trap ends the waiting, not the program.
        while [ "$code" -gt 128 ] && kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
        wait "$child" 2>/dev/null; last=$?
        [ "$last" -eq 127 ] || code=$last
        if [ "$late" = 1 ] && [ "$code" = \(ExitCode.interrupted.rawValue) ]; then
            scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
        fi
        exit "$code"

        """
    }

    /// The script that joins the shards; submitted with `--dependency=afterany:` and the array's number.
    public var merge: String {
        """
        #!/bin/bash
        #SBATCH --job-name=\(name)-merge
        #SBATCH --output=\(logs)/%j-merge.log
        \(common)
        exec \(quoted(program)) merge \(quoted(jobFile))

        """
    }

    private var common: String {
        var lines = ["#SBATCH --requeue", "#SBATCH --open-mode=append", "#SBATCH --ntasks=1"]
        if let cpus { lines.append("#SBATCH --cpus-per-task=\(cpus)") }
        if let memory = cluster.memory { lines.append("#SBATCH --mem=\((memory + (1 << 20) - 1) >> 20)M") }
        if let time = cluster.time {
            lines.append("#SBATCH --time=\(max(1, Int((time / .seconds(60)).rounded(.up))))")
        }
        for (option, value) in [
            ("partition", cluster.partition), ("account", cluster.account), ("qos", cluster.qos),
        ] { if let value { lines.append("#SBATCH --\(option)=\(value)") } }
        lines += cluster.options.map { "#SBATCH \($0)" }
        lines += ["cd \(quoted(folder)) || exit \(ExitCode.environment.rawValue)"]
        return (lines + cluster.setup).joined(separator: "\n")
    }

    private func quoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
