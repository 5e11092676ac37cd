// SPDX-License-Identifier: Apache-2.0

/// The built-in backend: answers Brayns' protocol with our own renderer.
public final class BraynsServer: Sendable {
    let options: BraynsServerOptions

    public init(options: BraynsServerOptions) { self.options = options }

    /// Listens and serves until a client asks to quit, the lifeline ends, a signal comes or the task is cancelled.
    ///
    /// - Throws: `BraynsServerError` when it cannot start or a limit ends it.
    public func run() async throws {
        throw BraynsServerError(.environment, "The built-in backend is not there yet.")
    }
}
