// SPDX-License-Identifier: Apache-2.0
import Logging

/// Log lines on standard error, where talk belongs.
struct TalkLog: LogHandler {
    var logLevel = Logger.Level.notice
    var metadata: Logger.Metadata = [:]

    static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "darkroom") { _ in TalkLog() }
        logger.logLevel = level
        return logger
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\($0.value)" }.joined()
        StandardStreams.say("darkroom: \(event.level): \(event.message)\(details)\n")
    }
}
