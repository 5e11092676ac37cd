// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@Suite(.serialized) struct ClusterTests {
    private static let job = """
        version: 1
        name: night
        sources: {root: models}
        frames: {turntable: {views: 5}}
        render: {samples: 1, size: 64x48}
        outputs: [{path: "out/{rel}.{frame:2}.png"}]
        sheet: {path: sheet.png, size: 16, columns: 5}
        ledger: .ledger
        run: {jobs: 1}
        cluster: {shards: 3, cpus: 1, setup: "export A=b"}

        """

    /// A folder with two models and the job.
    private static func withJob(_ body: (URL) throws -> Void) throws {
        try Scratch.with { folder in
            let models = folder.appendingPathComponent("models")
            try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
            for name in ["knot.ply", "checker-cube.glb"] {
                try FileManager.default.copyItem(
                    at: Fixtures.repository.appendingPathComponent("Samples/models/\(name)"),
                    to: models.appendingPathComponent(name))
            }
            try Data(job.utf8).write(to: folder.appendingPathComponent("job.yaml"))
            try body(folder)
        }
    }

    private static func run(
        _ folder: URL, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Program.Result {
        var program = Program(arguments: arguments)
        program.folder = folder
        program.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        return try program.run()
    }

    private static func pictures(_ folder: URL) throws -> [String: Data] {
        let out = folder.appendingPathComponent("out")
        var found: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: out.path) {
            found[name] = try Data(contentsOf: out.appendingPathComponent(name))
        }
        return found
    }

    @Test("tasks of an array, then a merge, make what one run makes") func shards() throws {
        try Self.withJob { folder in
            #expect(try Self.run(folder, ["render", "job.yaml"]).code == 0)
            let whole = try Self.pictures(folder)
            #expect(whole.count == 10)
            for name in ["out", ".ledger", "sheet.png"] {
                try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
            }
            for task in [4, 6] {
                let array = [
                    "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_MIN": "4", "SLURM_ARRAY_TASK_MAX": "8",
                    "SLURM_ARRAY_TASK_STEP": "2",
                ]
                #expect(try Self.run(folder, ["render", "job.yaml"], environment: array).code == 0)
            }
            let early = try Self.run(folder, ["merge", "job.yaml"])
            #expect(early.code == 75 && early.talk.contains("run the shards again"), "\(early.talk)")
            let status = try Self.run(folder, ["status", "job.yaml", "--json"])
            let told = try JSONValue(parsing: status.output)
            #expect(status.code == 75 && told["items"] == 10 && (told["left"]?.intValue ?? 0) > 0)
            #expect(try Self.run(folder, ["render", "job.yaml", "--shard", "3/3"]).code == 0)
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("sheet.png").path))
            let merged = try Self.run(folder, ["merge", "job.yaml"])
            #expect(merged.code == 0, "\(merged.talk)")
            #expect(try Self.pictures(folder) == whole)
            #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("sheet.png").path))
            #expect(try Self.run(folder, ["status", "job.yaml"]).code == 0)
        }
    }

    @Test("submit --dry-run prints both scripts and leaves nothing behind") func dryRun() throws {
        try Self.withJob { folder in
            let result = try Self.run(folder, ["submit", "job.yaml", "--slurm", "--dry-run"])
            #expect(result.code == 0 && result.outputText.contains("#SBATCH --array=1-3"))
            #expect(result.outputText.contains("export A=b") && result.outputText.contains(" merge '"))
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent(".ledger").path))
        }
    }

    @Test("submit hands Slurm the array, then the merge that waits for it") func submit() throws {
        try Self.withJob { folder in
            // A stand-in for sbatch: it writes down what it was given and counts.
            let bin = folder.appendingPathComponent("bin")
            try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
            let log = folder.appendingPathComponent("sbatch.log").path
            try Data("#!/bin/sh\necho \"$@\" >> '\(log)'\necho \"$((40 + $(wc -l < '\(log)')));here\"\n".utf8)
                .write(to: bin.appendingPathComponent("sbatch"))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: bin.appendingPathComponent("sbatch").path)
            let path = ["PATH": "\(bin.path):/usr/bin:/bin"]
            let result = try Self.run(folder, ["submit", "job.yaml", "--slurm", "--shards", "2"], environment: path)
            #expect(result.code == 0 && result.outputText == "array 41\nmerge 42\n", "\(result.talk)")
            let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
            try #require(calls.count == 2)
            #expect(calls[0].hasPrefix("--parsable ") && calls[1].contains("--dependency=afterany:41"))
            let script = try String(
                contentsOf: folder.appendingPathComponent(".ledger/submit/array.sh"), encoding: .utf8)
            #expect(script.contains("--shard \"$SLURM_ARRAY_TASK_ID/2\""))
            let status = try Self.run(folder, ["status", "job.yaml", "--json"], environment: path)
            #expect(try JSONValue(parsing: status.output)["array"] == "41")
            let none = try Self.run(folder, ["submit", "job.yaml", "--slurm"], environment: ["PATH": "/nowhere"])
            #expect(none.code == 71 && none.talk.contains("sbatch is not there"))
        }
    }

    @Test("a server started for the job is started again when it dies") func restart() throws {
        try Self.withJob { folder in
            let program = try #require(Program.built).path
            var command = Program(
                "render", "job.yaml", "--backend-start", "'\(program)' backend --uri {uri}", "--progress", "json",
                "--set", "frames.turntable.views=60", "--size", "256")
            command.folder = folder
            let running = try command.start(in: folder)
            #expect(try running.waitForTalk("\"started\"", within: 60))
            let server = Self.descendants(of: running.process.processIdentifier)
                .first {
                    (try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8))?.contains("--uri") == true
                }
            kill(try #require(server), SIGKILL)
            var result = try running.result(within: 120)
            if result.code == 1 { result = try Self.run(folder, command.arguments + ["--retry-failed"]) }
            #expect(result.code == 0, "\(result.talk.suffix(500))")
            #expect(try Self.pictures(folder).count == 120)
        }
    }

    private static func descendants(of parent: Int32) -> [Int32] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let children = processes.compactMap { Int32($0) }.filter { pid in
            guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let end = stat.lastIndex(of: ")")
            else { return false }
            let fields = stat[end...].split(separator: " ")
            return fields.count > 2 && Int32(fields[2]) == parent
        }
        return children + children.flatMap(descendants)
    }
}
