// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import Synchronization
import Testing

@testable import Jobs

/// A folder of its own for one test, with models and a job; removed at the end.
final class Workplace: Sendable {
    let folder: String

    init(models: [String] = ["a.obj", "b.obj", "sub/c.stl"]) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("jobs-\(UUID().uuidString)")
        folder = base.path
        for model in models { try write("models/\(model)", "model \(model)") }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ name: String, _ text: String) throws {
        try FileManager.default.createDirectory(
            atPath: PathName.folder(path(name)), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    }

    func bytes(_ name: String) throws -> [UInt8] { try FileSystem.read(path(name)) }

    /// A small job over `models` into `out`.
    func job(_ change: (inout JobFile) -> Void = { _ in }) -> JobFile {
        var job = JobFile()
        job.sources.root = path("models")
        job.render.size = PictureSize(width: 24, height: 16)
        job.outputs = [JobFile.Output(path: path("out/{rel}.png"))]
        job.ledger = path("ledger")
        job.run.retries = 1
        change(&job)
        return job
    }

    /// Every file below `out` by name, temporary ones included.
    func pictures() throws -> [String: [UInt8]] {
        guard let names = FileManager.default.subpaths(atPath: path("out")) else { return [:] }
        var files: [String: [UInt8]] = [:]
        for name in names where FileSystem.status(path("out/\(name)"))?.isFile == true {
            files[name] = try bytes("out/\(name)")
        }
        return files
    }

    /// Runs a job with a stand-in.
    @discardableResult
    func run(
        _ job: JobFile? = nil, stage: StandInStage = StandInStage(), capacity: Int = 2,
        plan: JobPlan.Options = .init(), options: JobRunner.Options = .init()
    ) async throws -> JobSummary {
        let provider = StandInProvider(stage: stage, capacity: capacity)
        return await JobRunner(
            plan: try JobPlan(job ?? self.job(), options: plan), provider: provider, options: options
        ).run()
    }
}

/// Keeps the events of a run.
final class EventLog: JobProgress {
    let events = Mutex<[String]>([])

    func receive(_ event: JobEvent) {
        events.withLock { log in
            switch event {
            case .planned(let items, let pending): log.append("planned \(items) \(pending)")
            case .started(let title, _): log.append("started \(title)")
            case .finished(let report): log.append("finished \(report.title) \(report.result.rawValue)")
            case .note(let text): log.append("note \(text)")
            case .ended(let summary): log.append("ended \(summary.sentence)")
            }
        }
    }
}
