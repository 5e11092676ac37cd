// SPDX-License-Identifier: Apache-2.0
import HTTPService
import Synchronization

/// What a poller waits for: something at a service that is pending for a while.
public protocol Pollable: Sendable {
    var id: String { get }
    /// Whether it may still change into what is waited for.
    var isPending: Bool { get }
    /// Itself, if it became what was waited for.
    ///
    /// - Throws: `RemoteRenderingError` that says how it ended instead.
    func outcome() throws(RemoteRenderingError) -> Self
}

/// A poller of a conversion.
public typealias ConversionPoller = Poller<AssetConversion>
/// A poller of a session that is starting.
public typealias SessionPoller = Poller<RenderingSession>

/// Waits for something at a service by looking at it from time to time; it looks only while somebody waits.
public final class Poller<Value: Pollable>: Sendable {
    private struct State {
        var value: Value
        /// How long the service asked to wait.
        var pause: Duration?
    }

    private let state: Mutex<State>
    private let interval: Duration
    private let clock: ServiceClock
    private let look: @Sendable () async throws -> (Value, Duration?)
    /// What `conversionPoller(continuationToken:)` and `sessionPoller(continuationToken:)` take, in any process.
    public let continuationToken: String

    init(
        _ value: Value, pause: Duration?, interval: Duration, clock: ServiceClock, token: String,
        look: @escaping @Sendable () async throws -> (Value, Duration?)
    ) {
        state = Mutex(State(value: value, pause: pause))
        (self.interval, self.clock, continuationToken, self.look) = (interval, clock, token, look)
    }

    /// As it stood at the last look.
    public var value: Value { state.withLock { $0.value } }

    /// Whether waiting is over.
    public var isDone: Bool { !value.isPending }

    /// Looks once, at once.
    ///
    /// - Throws: `ServiceError`; `CancellationError`.
    @discardableResult
    public func poll() async throws -> Value {
        let (value, pause) = try await look()
        state.withLock { $0 = State(value: value, pause: pause) }
        return value
    }

    /// Waits until it is no longer pending.
    ///
    /// - Parameters:
    ///   - limit: the longest time to wait; `nil` waits as long as it takes.
    ///   - changed: told of each look.
    /// - Returns: what was waited for.
    /// - Throws: `RemoteRenderingError` when it ended in another way or not in time; `ServiceError` when a look fails;
    ///   `CancellationError`. Waiting can be taken up again by another call.
    public func result(
        within limit: Duration? = nil, changed: @Sendable (Value) -> Void = { _ in }
    ) async throws -> Value {
        let start = clock.uptime()
        while true {
            let (value, asked) = state.withLock { ($0.value, $0.pause) }
            guard value.isPending else { return try value.outcome() }
            let pause = max(interval, asked ?? .zero)
            if let limit, clock.uptime() - start + pause > limit {
                throw RemoteRenderingError(
                    .deadline, "\(value.id) is still pending after \(limit.components.seconds) s.",
                    underlying: nil)
            }
            try await clock.sleep(pause)
            changed(try await poll())
        }
    }
}
