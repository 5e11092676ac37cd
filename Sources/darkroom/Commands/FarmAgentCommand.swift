// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import JSONRPC
import Jobs
import Logging
import OmniverseServices
import Service

/// `darkroom farm-agent`: takes tasks from an Omniverse Farm Queue and draws them.
struct FarmAgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "farm-agent",
        abstract: "Takes tasks from an Omniverse Farm Queue and draws them.",
        discussion: """
            Checks in with the queue, fetches tasks of one type, draws what their arguments ask for (those of POST \
            /capture of darkroom serve: usd_stage_path, width, height, view, renderer, samples, background; or \
            job_file, a job file below the --root folders, and shard, such as 2/8), tells the queue how they stand, \
            and gives up what is cancelled there. SIGTERM gives the task under way back.

            --print-job-definition writes the definitions with which a stock Farm agent runs this program instead, \
            one for thumbnails and one for job files: a file for the agent's folder of job definitions, or with \
            --json one object a line for the queue's /jobs/save. That agent knows no working folder: name whole paths.

            \(ExitTable.text)
            """)

    @Option(help: ArgumentHelp("Address of the queue, such as http://farm:8222.", valueName: "url"))
    var queue: String?

    @Option(help: ArgumentHelp("Type of the tasks to take.", valueName: "name"))
    var taskType = "darkroom-capture"

    @Flag(help: "Print job definitions for a stock Farm agent, and end.")
    var printJobDefinition = false

    @Flag(help: "Print them as JSON.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Folder that stages and models may be read from; repeatable (default: the working folder).",
            valueName: "folder"))
    var root: [String] = []

    @Option(help: ArgumentHelp("Folder of the finished pictures.", valueName: "folder"))
    var pictures = "captures"

    @Option(
        help: ArgumentHelp(
            "The Python whose usd-core reads USD stages (default: $DARKROOM_PYTHON, else python3).",
            valueName: "program"))
    var python: String?

    @Option(help: "How much to say: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
    var logLevel = Logger.Level.info

    @Option(help: "How to talk: lines of text, or json, one object a line.")
    var logFormat = LogFormat.text

    func validate() throws {
        guard queue != nil || printJobDefinition else { throw ValidationError("Name the queue with --queue.") }
        if json, !printJobDefinition { throw ValidationError("--json goes with --print-job-definition.") }
        guard taskType.utf8.count <= 32 - Self.renderSuffix.utf8.count, !taskType.contains("_"), !taskType.isEmpty
        else {
            throw ValidationError(
                "--task-type has 1 to 25 characters and no underscore: it becomes part of an address.")
        }
    }

    /// What the type of tasks with job files ends with.
    private static let renderSuffix = "-render"

    func run() async throws {
        if printJobDefinition {
            let texts = jobDefinitions.map { json ? $0.json.serialized() : $0.toml }
            return try StandardStreams.print(texts.joined(separator: json ? "\n" : "\n\n"))
        }
        var flags = CaptureFlags()
        (flags.root, flags.pictures, flags.python) = (root, pictures, python)
        let work = try FarmCaptureWork(try flags.options(database: ""))
        let logger = TalkLog.logger(logLevel, format: logFormat)
        let agent = FarmAgent(
            queue: try FarmQueue(address: queue ?? ""), types: [[taskType, ""]], logger: logger)
        let running = Task { await agent.run(work) }
        Interruption.onRequest { running.cancel() }
        await running.value
        await work.close()
    }

    /// A stock agent inherits no environment: the program and its helpers are named whole.
    private var jobDefinitions: [FarmJobDefinition] {
        let program = realpath("/proc/self/exe", nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        let command = program ?? CommandLine.arguments.first ?? "darkroom"
        var capture = FarmJobDefinition(name: taskType, command: command)
        capture.arguments = ["thumbnail", "--progress", "json"]
        capture.allowed = ["model": .place(0)]
        for name in ["output", "size", "view", "renderer", "samples", "background"] {
            capture.allowed[name] = .flag("--\(name)")
        }
        var render = FarmJobDefinition(name: taskType + Self.renderSuffix, command: command)
        render.arguments = ["render", "--progress", "json"]
        render.allowed = ["job": .place(0), "shard": .flag("--shard")]
        return [capture, render].map { definition in
            var definition = definition
            let environment = ProcessInfo.processInfo.environment
            // Where ffmpeg and Python are found.
            for name in ["PATH", "DARKROOM_PYTHON"] { definition.environment[name] = environment[name] }
            if let python { definition.environment["DARKROOM_PYTHON"] = python }
            return definition
        }
    }
}
