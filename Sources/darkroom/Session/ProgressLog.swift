// SPDX-License-Identifier: Apache-2.0
import Jobs
import Logging

/// Hands what the libraries log to the run's own display, so that a bar stays a bar and JSON lines stay JSON.
struct ProgressLog: LogHandler {
    let display: any JobProgress
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.notice

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { display.receive(.note(event.message.description)) }
}
