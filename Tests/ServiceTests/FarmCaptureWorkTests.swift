// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import OmniverseServices
import Rendering
import Synchronization
import TestFixtures
import Testing

@testable import Service

/// What tasks of a Farm Queue come to.
@Suite struct FarmCaptureWorkTests {
    private static let models = Fixtures.repository.appendingPathComponent("Samples/models").path

    /// Does one task in a folder of its own, and hands out what it came to with the progress it told.
    private func run(
        _ arguments: JSONValue, _ body: (String, Result<String, any Error>, [Double]) throws -> Void
    ) async throws {
        try await ServiceUnderTest.inFolder { folder in
            let job = """
                sources: {paths: [\(Self.models)/terrain.stl, \(Self.models)/vase.obj]}
                render: {size: 40x30, samples: 1}
                ledger: \(folder)/ledger
                outputs: [{path: "\(folder)/{stem}.png"}]
                """
            try Data(job.utf8).write(to: URL(fileURLWithPath: folder + "/job.yaml"))
            try Data((job + "\nbackend: 127.0.0.1:1\n").utf8).write(to: URL(fileURLWithPath: folder + "/far.yaml"))
            var options = CaptureOptions(roots: [Self.models, folder], pictures: folder + "/pictures")
            var embedded = BackendChoice.EmbeddedOptions(children: 1, threads: 1)
            embedded.executable = ServiceUnderTest.program
            options.backend = .embedded(embedded)
            let work = try FarmCaptureWork(options)
            var members = arguments.objectValue ?? [:]
            if let name = members["job_file"]?.stringValue { members["job_file"] = .string("\(folder)/\(name)") }
            let record: JSONValue = [
                "task_id": "a1", "task_type": "darkroom-capture", "task_args": .object(members),
                "status": "starting",
            ]
            let task = try JSONDecoder().decode(FarmTask.self, from: Data(record.serializedUTF8()))
            let told = Mutex<[Double]>([])
            var result: Result<String, any Error>
            do {
                result = .success(try await work.run(task) { share, _ in told.withLock { $0.append(share) } })
            } catch {
                result = .failure(error)
            }
            await work.close()
            try body(folder, result, told.withLock { $0 })
        }
    }

    @Test("a capture is drawn under the task's id", .timeLimit(.minutes(2)))
    func capture() async throws {
        try await run(["usd_stage_path": "terrain.stl", "width": 32, "height": 24]) { folder, result, _ in
            let said = try result.get()
            #expect(said == "\(folder)/pictures/a1.png")
            #expect(FileManager.default.fileExists(atPath: folder + "/pictures/a1.png"))
        }
    }

    @Test(
        "a job file is drawn, whole or a part of it, and its progress told", .timeLimit(.minutes(2)),
        arguments: [(JSONValue.null, 2), ("1/2", 1)])
    func job(shard: JSONValue, count: Int) async throws {
        try await run(["job_file": "job.yaml", "shard": shard]) { folder, result, told in
            let said = try result.get()
            #expect(said.contains("\(count) done"), "\(said)")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files.filter { $0.hasSuffix(".png") }.count == count)
            #expect(told.first == 0 && told.last == 1 && told == told.sorted())
        }
    }

    @Test(
        "what cannot be done says why", .timeLimit(.minutes(2)),
        arguments: [
            (["usd_stage_path": "gone.ply"], "is not there"), (["width": 3], "usd_stage_path: Field required"),
            (["job_file": "none.yaml"], "is not there"), (["job_file": "far.yaml"], "names a backend"),
            (["job_file": "job.yaml", "shard": "3/2"], "no part 3/2"),
            (["job_file": "job.yaml", "shard": "some"], "shard"),
        ] as [(JSONValue, String)])
    func refused(arguments: JSONValue, part: String) async throws {
        try await run(arguments) { _, result, _ in
            guard case .failure(let error) = result else {
                Issue.record("it was done")
                return
            }
            #expect("\(error)".contains(part), "\(error)")
        }
    }
}
