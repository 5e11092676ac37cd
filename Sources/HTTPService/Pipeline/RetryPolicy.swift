// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes

/// When and how often a call is tried again. There is one such layer and no other below or above it.
public struct RetryPolicy: Sendable {
    /// Tries in all, the first one included.
    public var tries = 4
    /// Wait before the second try; each further one is twice as long.
    public var firstPause: Duration = .milliseconds(800)
    /// The longest wait, also where the server asks for a longer one.
    public var longestPause: Duration = .seconds(120)
    /// The part of a wait that is left to chance, so that many workers do not come back at once.
    public var spread = 0.2
    /// Statuses after which a repeatable call is tried again.
    public var statuses: Set<Int> = [408, 429, 500, 502, 503, 504]
    /// Statuses after which any other call is tried again.
    public var statusesOfOthers: Set<Int> = [429, 500, 503, 504]

    /// Whether to try again where no connection could be made.
    public var retriesUnreachable = true

    public init() {}

    /// No second try.
    public static var never: RetryPolicy {
        var policy = RetryPolicy()
        policy.tries = 1
        return policy
    }

    /// Whether an answer is worth another try: by its status, or because it says when to come back.
    func allows(_ status: Int, retryAfter: Duration?, isRepeatable: Bool) -> Bool {
        guard status >= 400 else { return false }
        return retryAfter != nil || (isRepeatable ? statuses : statusesOfOthers).contains(status)
    }

    /// Whether a failed transport is worth another try: always when nothing was sent.
    func allows(_ failure: TransportError.Code, isRepeatable: Bool) -> Bool {
        switch failure {
        case .unreachable: retriesUnreachable
        case .broken, .timedOut: isRepeatable
        case .insecure, .source: false
        }
    }

    /// How long to wait after a try, counted from 1.
    func pause(after attempt: Int, retryAfter: Duration?, chance: Double) -> Duration {
        if let retryAfter { return min(max(retryAfter, .zero), longestPause) }
        let backOff = firstPause * Int(1 << min(attempt - 1, 20))
        return min(backOff, longestPause) * (1 - spread * chance)
    }

    /// How long a server asks to wait: seconds or an HTTP date in `Retry-After`, or Azure's milliseconds.
    public static func retryAfter(in headers: HTTPFields, now: Date) -> Duration? {
        for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
            if let value = HTTPField.Name(name).flatMap({ headers[$0] }), let milliseconds = Double(value),
                milliseconds.isFinite, milliseconds >= 0
            {
                return .milliseconds(min(milliseconds, 1e12))
            }
        }
        guard let value = headers[.retryAfter] else { return nil }
        if let seconds = Double(value) { return seconds.isFinite && seconds >= 0 ? .seconds(min(seconds, 1e9)) : nil }
        return HTTPDate.date(value).map { .seconds(max(0, $0.timeIntervalSince(now))) }
    }
}
