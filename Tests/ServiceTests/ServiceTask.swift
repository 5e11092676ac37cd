// SPDX-License-Identifier: Apache-2.0
@testable import Service

/// A service that runs beside a test, and the port it listens on.
struct ServiceTask: Sendable {
    let port: Int
    private let task: Task<Void, any Error>

    /// Starts a service and waits until it listens.
    ///
    /// - Parameter run: serves until it is cancelled, and tells the port once it listens.
    /// - Throws: what the service ended with before it listened.
    init(_ run: @escaping @Sendable (_ ready: @escaping @Sendable (Int) async -> Void) async throws -> Void)
        async throws
    {
        let (ports, told) = AsyncStream<Int>.makeStream()
        task = Task {
            defer { told.finish() }
            try await run { told.yield($0) }
        }
        var first: Int?
        for await port in ports {
            first = port
            break
        }
        guard let first else {
            try await task.value
            throw HostError(.environment, "the service ended before it listened")
        }
        port = first
    }

    /// Ends the service in good order.
    func stop() async {
        task.cancel()
        _ = await task.result
    }
}
