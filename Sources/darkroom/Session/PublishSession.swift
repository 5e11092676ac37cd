// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import HTTPService

/// Publishing from the command line: a signal ends it, failures are told with ffmpeg's log, and leave nothing behind
/// where that is wished.
struct PublishSession: Sendable {
    let publisher: FramePublisher
    let talk: PublishTalk
    let cleansUp: Bool

    /// Makes room on the Core, then runs the steps of publishing.
    ///
    /// - Throws: what the steps throw; what cleaning up throws when they were fine.
    func run<Outcome: Sendable>(_ steps: @escaping @Sendable () async throws -> Outcome) async throws -> Outcome {
        // Before there is room, what has the name belongs to somebody else, and is not for us to remove.
        try await Interruption.interruptible { [publisher] in try await publisher.prepare() }
        let outcome: Outcome
        do {
            outcome = try await Interruption.interruptible(steps)
        } catch {
            talk.finish()
            if let error = error as? PublishError { talk.show(error.log) }
            do {
                try await cleanUp(removesFilm: true)
            } catch let other {
                StandardStreams.say("darkroom: not cleaned up: \(Blame(other).message)\n")
            }
            throw error
        }
        talk.finish()
        try await cleanUp(removesFilm: false)
        return outcome
    }

    private func cleanUp(removesFilm: Bool) async throws {
        guard cleansUp else { return }
        // Not part of this task, which a signal may have cancelled.
        let publisher = publisher
        try await Task.detached { try await publisher.cleanUp(removesFilm: removesFilm) }.value
    }
}
