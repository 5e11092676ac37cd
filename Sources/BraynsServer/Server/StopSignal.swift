// SPDX-License-Identifier: Apache-2.0

/// Why the backend ends; the first reason counts.
struct StopSignal: Sendable {
    enum Reason: Sendable, Hashable {
        case quit
        case lifeline
        case signal(Int32)
        /// A limit, with its sentence.
        case limit(String)
        /// The task that runs the backend was cancelled.
        case cancelled
    }

    private let reasons: AsyncStream<Reason>
    private let entrance: AsyncStream<Reason>.Continuation

    init() { (reasons, entrance) = AsyncStream.makeStream() }

    func stop(_ reason: Reason) { entrance.yield(reason) }

    func wait() async -> Reason {
        for await reason in reasons { return reason }
        return .cancelled
    }
}
