// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Jobs
import Logging

/// Brings what the libraries log to where a command talks: standard error, or the display of a run, so that a bar stays
/// a bar and JSON lines stay JSON.
struct TalkLog: LogHandler {
    private let say: @Sendable (LogEvent, Logger.Metadata) -> Void
    var logLevel = Logger.Level.notice
    var metadata: Logger.Metadata = [:]

    /// A logger that writes to standard error.
    static func logger(_ level: Logger.Level, format: LogFormat = .text) -> Logger {
        logger(level) { event, details in
            switch format {
            case .text: StandardStreams.say("darkroom: \(event.level): \(text(event, details))\n")
            case .json: StandardStreams.say(JSONValue.object(members(event, details)).serialized() + "\n")
            }
        }
    }

    /// A logger whose messages are notes of a run.
    static func logger(_ level: Logger.Level, display: any JobProgress) -> Logger {
        logger(level) { display.receive(.note(text($0, $1))) }
    }

    private static func logger(
        _ level: Logger.Level, _ say: @escaping @Sendable (LogEvent, Logger.Metadata) -> Void
    ) -> Logger {
        var logger = Logger(label: "darkroom") { _ in TalkLog(say: say) }
        logger.logLevel = level
        return logger
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { say(event, metadata.merging(event.metadata ?? [:]) { $1 }) }

    private static func text(_ event: LogEvent, _ details: Logger.Metadata) -> String {
        "\(event.message)" + details.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    }

    private static func members(_ event: LogEvent, _ details: Logger.Metadata) -> [String: JSONValue] {
        let own: [String: JSONValue] = [
            "event": "note", "time": .string(JSONLinesProgress.now()), "level": .string(event.level.rawValue),
            "text": .string(event.message.description),
        ]
        return own.merging(details.mapValues { .string("\($0)") }) { own, _ in own }
    }
}
