// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
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
            /capture of darkroom serve: usd_stage_path, width, height, view, renderer, samples, background), tells \
            the queue how they stand, and gives up what is cancelled there. SIGTERM gives the task under way back.

            --print-job-definition writes the definition with which a stock Farm agent runs this program instead: \
            put it into the agent's folder of job definitions, or send it to the queue's /jobs/save.

            \(ExitTable.text)
            """)

    @Option(help: ArgumentHelp("Address of the queue, such as http://farm:8222.", valueName: "url"))
    var queue: String?

    @Option(help: ArgumentHelp("Type of the tasks to take.", valueName: "name"))
    var taskType = "darkroom-capture"

    @Flag(help: "Print a job definition for a stock Farm agent, and end.")
    var printJobDefinition = false

    @Option(
        help: ArgumentHelp(
            "Folder that stages and models may be read from; repeatable (default: the working folder).",
            valueName: "folder"))
    var root: [String] = []

    @Option(help: ArgumentHelp("Folder of the finished pictures.", valueName: "folder"))
    var pictures = "captures"

    @Option(help: "How much to say: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
    var logLevel = Logger.Level.info

    @Option(help: "How to talk: lines of text, or json, one object a line.")
    var logFormat = LogFormat.text

    func validate() throws {
        guard queue != nil || printJobDefinition else { throw ValidationError("Name the queue with --queue.") }
        guard taskType.utf8.count <= 32, !taskType.contains("_"), !taskType.isEmpty else {
            throw ValidationError(
                "--task-type has 1 to 32 characters and no underscore: it becomes part of an address.")
        }
    }

    func run() async throws {
        if printJobDefinition { return try StandardStreams.print(jobDefinition()) }
        var flags = CaptureFlags()
        (flags.root, flags.pictures) = (root, pictures)
        let work = try FarmCaptureWork(try flags.options(database: ""))
        let logger = TalkLog.logger(logLevel, format: logFormat)
        let agent = FarmAgent(
            queue: try FarmQueue(address: queue ?? ""), types: [[taskType, ""]], logger: logger)
        let running = Task { await agent.run(work) }
        Interruption.onRequest { running.cancel() }
        await running.value
        await work.close()
    }

    /// A stock agent inherits no PATH and applies no defaults: the program is named whole, each argument apart.
    private func jobDefinition() -> String {
        let program = CommandLine.arguments.first.map { path in
            realpath("/proc/self/exe", nil).map { String(cString: $0) } ?? path
        }
        return """
            [job.\(taskType)]
            job_type = "base"
            name = "\(taskType)"
            command = "\(program ?? "darkroom")"
            args = ["thumbnail", "--progress", "json"]
            success_return_codes = [0]
            log_to_stdout = true
            [job.\(taskType).allowed_args]
            model = { arg = "0" }
            output = { arg = "--output", separator = "=" }
            size = { arg = "--size", separator = "=" }
            view = { arg = "--view", separator = "=" }
            renderer = { arg = "--renderer", separator = "=" }
            samples = { arg = "--samples", separator = "=" }
            background = { arg = "--background", separator = "=" }
            """
    }
}
