// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

@testable import Jobs

@Suite struct ClusterTests {
    private func job(_ yaml: String) throws -> JobFile { try JobFile.parse(yaml: "version: 1\n" + yaml) }

    private func batch(_ job: JobFile, name: String = "night") -> SlurmBatch {
        SlurmBatch(
            job: job, name: name, shards: 8, program: "/opt/it's/darkroom", jobFile: "/w/job.yaml", folder: "/w x")
    }

    @Test("the array's script asks for what the job file says") func resources() throws {
        let job = try job(
            """
            ledger: out/.darkroom
            cluster: {shards: 8, at-once: 3, cpus: 4, memory: 1500MiB, time: 90m, partition: long, account: p1,
                      qos: low, options: ["--constraint=avx512"], setup: module load apptainer}
            """)
        let lines = Set(batch(job).array.split(separator: "\n").map(String.init))
        for line in [
            "#SBATCH --array=1-8%3", "#SBATCH --cpus-per-task=4", "#SBATCH --mem=1500M", "#SBATCH --time=90",
            "#SBATCH --partition=long", "#SBATCH --account=p1", "#SBATCH --qos=low", "#SBATCH --constraint=avx512",
            "#SBATCH --requeue", "#SBATCH --output=/w x/out/.darkroom/log/%A_%a.log", "module load apptainer",
            "cd '/w x' || exit 71", #"'/opt/it'\''s/darkroom' render '/w/job.yaml' --shard "$SLURM_ARRAY_TASK_ID/8" &"#,
        ] { #expect(lines.contains(line), "\(line)") }
        #expect(batch(job).merge.contains("exec '/opt/it'\\''s/darkroom' merge '/w/job.yaml'"))
    }

    @Test("what the job file leaves open is left to the scheduler") func open() throws {
        let script = batch(try job("run: {threads: 6}"), name: "a b\n#SBATCH --x").array
        #expect(script.contains("--cpus-per-task=6") && !script.contains("--mem") && !script.contains("--time"))
        #expect(script.contains("#SBATCH --job-name=a-b--SBATCH---x\n"))
        #expect(
            JobFile.ClusterSettings().shardCount(items: 26) == 2 && JobFile.ClusterSettings().shardCount(items: 0) == 1)
        #expect(JobFile.ClusterSettings().shardCount(items: 1_000_000) == 32)
    }

    @Test("the scripts are what a shell takes", arguments: [false, true]) func shell(merges: Bool) throws {
        let batch = batch(try job("cluster: {setup: [module load x, 'export A=\"b c\"']}"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-n", "-c", merges ? batch.merge : batch.array]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("a line break in a scheduler's option is refused") func lineBreak() {
        #expect(throws: JobError.self) { try job("cluster: {partition: \"a\\n#SBATCH --b\"}") }
    }

    @Test("the manifest is an indexed Job, its job file beside it and a merge that waits") func manifest() throws {
        let job = try job(
            """
            name: Night_1
            cluster: {cpus: 2, memory: 1GiB, time: 1h, at-once: 4, image: "registry.example/darkroom:1", claim: pictures}
            """)
        let documents = try KubernetesManifest(job: job, name: "Night_1", shards: 8).yaml.components(
            separatedBy: "---\n"
        ).map { try JobNode(yaml: $0, origin: "m").json }
        try #require(documents.count == 3)
        #expect(documents.map { $0["kind"]?.stringValue } == ["ConfigMap", "Job", "Job"])
        #expect(try JobFile.parse(yaml: documents[0]["data"]?["job.yaml"]?.stringValue ?? "") == job)
        let spec = documents[1]["spec"]
        #expect(spec?["completionMode"] == "Indexed" && spec?["completions"] == 8 && spec?["parallelism"] == 4)
        let pod = spec?["template"]?["spec"]
        let container = pod?["containers"]?.arrayValue?.first
        #expect(pod?["restartPolicy"] == "Never" && container?["image"] == "registry.example/darkroom:1")
        #expect(container?["env"]?.arrayValue?.first?["value"] == "8")
        #expect(container?["resources"]?["limits"]?["memory"] == "1073741824")
        #expect(documents[2]["spec"]?["suspend"] == true && documents[2]["metadata"]?["name"] == "night-1-merge")
    }

    @Test("a manifest needs an image and a claim") func manifestNeeds() throws {
        #expect { try KubernetesManifest(job: try job(""), name: "x", shards: 2) } throws: {
            ($0 as? JobError)?.code == .usage && "\($0)".contains("cluster.image")
        }
    }

    @Test("a submission is found again beside its ledger") func submission() throws {
        let place = try Workplace()
        #expect(Submission.last(ledger: place.path("ledger")) == nil)
        let submission = Submission(array: "12", merge: "13", shards: 8)
        try submission.save(ledger: place.path("ledger"))
        #expect(Submission.last(ledger: place.path("ledger")) == submission)
    }
}
