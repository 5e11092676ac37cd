// SPDX-License-Identifier: Apache-2.0
import Logging
import Synchronization

/// Keeps every line that is logged, at every level, with its metadata.
public final class LogRecorder: Sendable {
    private let kept = Mutex<[(level: Logger.Level, text: String)]>([])

    public init() {}

    public var logger: Logger {
        var logger = Logger(label: "recorder") { _ in Handler(recorder: self) }
        logger.logLevel = .trace
        return logger
    }

    public var lines: [String] { kept.withLock { $0.map(\.text) } }
    /// Everything as one text.
    public var text: String { lines.joined(separator: "\n") }

    /// The lines of one level.
    public func lines(at level: Logger.Level) -> [String] {
        kept.withLock { $0.filter { $0.level == level }.map(\.text) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.kept.withLock { $0.append((event.level, "\(event.message) \(event.metadata ?? [:])")) }
        }
    }
}
