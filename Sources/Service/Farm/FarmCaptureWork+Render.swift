// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Jobs
import OmniverseServices
import Rendering
import Synchronization

extension FarmCaptureWork {
    /// The arguments of a task that runs a job file.
    static let renderJob = Model(
        name: "RenderJob",
        fields: [
            Field("job_file", .text(4096), "Job file", "Path of the job file on the agent's machine."),
            Field("shard", .pattern(#"^[0-9]{1,6}/[0-9]{1,6}$"#), "Shard", "The part to do: I/N.", fallback: .null),
        ])

    /// Runs a job file that lies below the roots, with the agent's own renderer.
    func render(
        _ arguments: JSONValue, tell: @escaping @Sendable (Double, String) -> Void
    ) async throws -> String {
        let values = try Self.values(Self.renderJob, arguments)
        do {
            let path = try StagePath.resolve(values["job_file"]?.stringValue ?? "", roots: options.roots)
            var job = try JobFile.load(path: path)
            guard job.backend == JobFile.Backend() else {
                throw Refusal(description: "\(path) names a backend; an agent draws with its own renderer.")
            }
            if let shard = values["shard"]?.stringValue {
                guard let shard = Shard(shard) else {
                    throw Refusal(description: "There is no part \(shard) of a job.")
                }
                job.run.shard = shard
            }
            let provider = BraynsRendererProvider(options.backend, options: options.rendering)
            let progress = TaskProgress(tell: tell)
            let summary = await JobRunner(plan: try JobPlan(job), provider: provider, progress: progress).run()
            try Task.checkCancellation()
            guard summary.exitCode == .success else {
                let cause = summary.errors.first?.message ?? summary.items.lazy.compactMap(\.cause).first
                throw Refusal(description: "\(path): \(summary.sentence)" + (cause.map { "; \($0)" } ?? ""))
            }
            return "\(path): \(summary.sentence)"
        } catch let error as JobError {
            throw Refusal(description: error.message)
        } catch let failure as CaptureDrawer.Failure {
            throw Refusal(description: failure.message)
        }
    }

    /// Counts the items that have ended.
    private final class TaskProgress: JobProgress {
        private let counts = Mutex((pending: 0, ended: 0))
        private let tell: @Sendable (Double, String) -> Void

        init(tell: @escaping @Sendable (Double, String) -> Void) { self.tell = tell }

        func receive(_ event: JobEvent) {
            switch event {
            case .planned(_, let pending):
                counts.withLock { $0.pending = pending }
                tell(0, "\(pending) to draw")
            case .finished(let report):
                let (ended, pending) = counts.withLock { counts in
                    counts.ended += 1
                    return (counts.ended, counts.pending)
                }
                tell(min(1, Double(ended) / Double(max(1, pending))), "\(report.title): \(report.result.rawValue)")
            case .started, .note, .ended: break
            }
        }
    }
}
