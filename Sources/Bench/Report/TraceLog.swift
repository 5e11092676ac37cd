// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// Stages with their begin and end, as Chrome's trace viewers and Perfetto read them.
public final class TraceLog: Sendable {
    private struct Event {
        var name: String
        var lane: String
        var start: Double
        var seconds: Double
    }

    private let origin = ContinuousClock.now
    private let events = Mutex<[Event]>([])

    public init() {}

    /// Notes a stage that has ended.
    ///
    /// - Parameters:
    ///   - lane: what runs one thing after another: a backend, a worker.
    ///   - start: when it began.
    ///   - seconds: how long it took.
    public func add(_ name: String, lane: String, start: ContinuousClock.Instant, seconds: Double) {
        let event = Event(name: name, lane: lane, start: (start - origin) / .seconds(1), seconds: seconds)
        events.withLock { $0.append(event) }
    }

    /// The trace event format's JSON object: complete events in microseconds, one thread a lane.
    public var json: JSONValue {
        let events = events.withLock { $0 }
        var lanes: [String] = []
        for event in events where !lanes.contains(event.lane) { lanes.append(event.lane) }
        let names: [JSONValue] = lanes.enumerated().map { index, lane in
            [
                "ph": "M", "name": "thread_name", "pid": 1, "tid": .int(Int64(index)),
                "args": ["name": .string(lane)],
            ]
        }
        let stages: [JSONValue] = events.map { event in
            [
                "ph": "X", "name": .string(event.name), "cat": "stage", "pid": 1,
                "tid": .int(Int64(lanes.firstIndex(of: event.lane) ?? 0)), "ts": .double(event.start * 1e6),
                "dur": .double(event.seconds * 1e6),
            ]
        }
        return ["displayTimeUnit": "ms", "traceEvents": .array(names + stages)]
    }
}
