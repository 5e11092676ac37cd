// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging

/// What the pipeline knows of time, so that tests need not wait.
public struct ServiceClock: Sendable {
    /// The wall clock, for tokens and HTTP dates.
    public var now: @Sendable () -> Date
    /// Time that never jumps, for deadlines and for how long something took.
    public var uptime: @Sendable () -> Duration
    /// Waits; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A number from 0 up to 1 that spreads the waits of many workers.
    public var chance: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Date, uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        (self.now, self.uptime, self.sleep, self.chance) = (now, uptime, sleep, chance)
    }

    /// This machine's clocks.
    public static let system: ServiceClock = {
        let start = ContinuousClock.now
        return ServiceClock(
            now: { Date() }, uptime: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) })
    }()
}

extension Logger {
    /// A logger that writes nothing.
    public static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
