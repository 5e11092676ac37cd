// SPDX-License-Identifier: Apache-2.0
import Codecs
import DatarheiCore
import Foundation
import Jobs

/// Where a run's pictures go beside their files.
struct Publishing {
    /// The Core.
    var address: String
    var film: FilmFlags
    var reach: CoreFlags
    var fps: Double
}

extension JobSession {
    /// Runs a job and has a Core make a film of its pictures.
    ///
    /// - Throws: as `run`, and what publishing throws when all pictures are there.
    func run(_ plan: JobPlan, publishing: Publishing) async throws {
        guard plan.shard == .whole else {
            throw CommandFailure(
                .usage, "--publish needs the whole job: a part of it (--shard) makes a part of a film.")
        }
        let largest =
            plan.outputs.indices.filter { !plan.outputs[$0].settings.isBuffers }.max {
                plan.outputs[$0].width < plan.outputs[$1].width
            } ?? 0
        let isJPEG = plan.outputs.indices.contains(largest) && plan.outputs[largest].settings.format == .jpeg
        let talk = PublishTalk(report.progress.resolved(isTerminal: StandardStreams.errorIsTerminal))
        let publisher = FramePublisher(
            try publishing.reach.client(publishing.address),
            try publishing.film.publication(named: plan.name, format: isJPEG ? .jpeg : .png, fps: publishing.fps),
            options: publishing.film.options { talk.receive($0) })
        let feed = RenderPublisher(publisher, plan, output: largest, inner: display(plan))
        let session = PublishSession(publisher: publisher, talk: talk, cleansUp: publishing.film.cleanup)
        let code = try await session.run { [self] in
            feed.begin()
            let summary = await carryOut(plan, progress: feed)
            guard !summary.isInterrupted else {
                await feed.stop()
                throw CommandFailure(summary.exitCode, "")
            }
            let made = try await feed.finish(summary)
            talk.finish()
            if let made { try StandardStreams.print(made.address) }
            return summary.exitCode
        }
        guard code == .success else { throw CommandFailure(code, "") }
    }
}
