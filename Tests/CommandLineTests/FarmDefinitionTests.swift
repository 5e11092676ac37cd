// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

/// The job definitions that the program prints, run as a stock Farm agent runs them.
@Suite(.enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter"))
struct FarmDefinitionTests {
    private func definitions(_ flags: String...) throws -> String {
        let result = try Program(arguments: ["farm-agent", "--print-job-definition"] + flags).run()
        #expect(result.code == 0, "\(result.talk)")
        return result.outputText
    }

    /// Has a stock agent's stand-in run one task.
    private func run(_ type: String, _ arguments: JSONValue, in folder: URL) throws -> JSONValue {
        let file = folder.appendingPathComponent("darkroom.kit")
        try Data(try definitions().utf8).write(to: file)
        let task: JSONValue = ["task_type": .string(type), "task_args": arguments]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(interpreter))
        process.arguments = [Fixtures.url("python/farm_stock_agent.py").path, file.path, task.serialized()]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONValue(parsing: [UInt8](output))
    }

    @Test("a thumbnail task ends with its picture", .timeLimit(.minutes(2)))
    func thumbnail() throws {
        try Scratch.with { folder in
            let picture = folder.appendingPathComponent("a picture.png").path
            let model = Fixtures.repository.appendingPathComponent("Samples/models/terrain.stl").path
            let ended = try run(
                "darkroom-capture",
                ["output": .string(picture), "model": .string(model), "size": 48, "view": "front", "samples": 1],
                in: folder)
            #expect(ended["status"] == "finished", "\(ended)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: picture)).starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test("a task with a job file and a shard draws that part", .timeLimit(.minutes(2)))
    func render() throws {
        try Scratch.with { folder in
            let models = Fixtures.repository.appendingPathComponent("Samples/models").path
            let job = """
                sources: {paths: [\(models)/terrain.stl, \(models)/vase.obj]}
                render: {size: 40x30, samples: 1}
                ledger: \(folder.path)/ledger
                outputs: [{path: "\(folder.path)/{stem}.png"}]
                """
            let file = folder.appendingPathComponent("job.yaml")
            try Data(job.utf8).write(to: file)
            let ended = try run("darkroom-capture-render", ["job": .string(file.path), "shard": "1/2"], in: folder)
            #expect(ended["status"] == "finished", "\(ended)")
            let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".png")
            }
            #expect(pictures.count == 1, "\(pictures)")
        }
    }

    @Test(
        "a broken model and an argument that is not allowed leave the task errored", .timeLimit(.minutes(2)),
        arguments: [("model", "none.ply"), ("colour", "blue")])
    func errored(key: String, value: String) throws {
        try Scratch.with { folder in
            let ended = try run(
                "darkroom-capture", [key: .string(value), "output": .string(folder.path + "/x.png")], in: folder)
            #expect(ended["status"] == "errored" && ended["log"]?.stringValue?.isEmpty == false, "\(ended)")
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/x.png"))
        }
    }

    @Test("as JSON there is one object a line, with every key that a queue saves")
    func json() throws {
        let lines = try definitions("--json", "--task-type", "stills").split(separator: "\n")
        let objects = try lines.map { try JSONValue(parsing: String($0)) }
        #expect(objects.map { $0["name"] } == ["stills", "stills-render"])
        for object in objects {
            for key in [
                "job_type", "command", "args", "task_function", "env", "log_to_stdout", "extension_paths",
                "allowed_args", "job_spec_path", "headless", "active", "unresolved_command_path",
                "success_return_codes", "capacity_requirements", "working_directory", "container",
            ] {
                #expect(object[key] != nil, "\(key)")
            }
        }
    }
}

private let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]
