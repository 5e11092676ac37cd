// SPDX-License-Identifier: Apache-2.0
import Film
import Foundation
import HTTPService

extension FramePublisher {
    /// Shows pictures one after the other in a stream of the way `.picture`, over and over, until it is cancelled.
    ///
    /// A Core writes the file where it stands, so ffmpeg may find half a picture; it shows the one before then. At its
    /// start it needs a whole one: wait for the stream before others follow.
    /// - Parameter limit: how long to go on; `nil` for ever.
    /// - Throws: `ServiceError` when the Core goes away; `CancellationError`.
    public func play(_ frames: FrameSequence, for limit: Duration? = nil) async throws {
        let start = clock.uptime()
        let step = Duration.seconds(1 / plan.encoding.fps)
        var shown = 0
        while limit.map({ clock.uptime() - start < $0 }) ?? true {
            try await put(frames.paths[shown % frames.paths.count], number: 1)
            shown += 1
            // By the clock and not by the step, so that slow uploads do not add up; late ones are not made up for.
            let due = start + step * shown
            let now = clock.uptime()
            if due > now { try await clock.sleep(due - now) } else { shown = max(shown, Int((now - start) / step)) }
            try Task.checkCancellation()
        }
    }
}
