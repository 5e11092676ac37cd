// SPDX-License-Identifier: Apache-2.0

/// A request that has had no answer yet.
struct RPCWaiter: Sendable {
    let method: String
    let stage: String
    let cancellation: RPCClient.Cancellation
    let progress: (@Sendable (RPCProgress) -> Void)?
    let continuation: CheckedContinuation<RPCReply, any Error>
    /// When it was handed to the transport; `nil` while it still stands in line.
    var sentAt: ContinuousClock.Instant?
    /// Whether its task was cancelled and only the server's last word is awaited.
    var isCancelling = false
    /// Ends the wait after a time.
    var timer: Alarm?

    /// Hands the outcome to the caller; a cancelled caller learns only that.
    func finish(_ result: Result<RPCReply, any Error>) {
        timer?.cancel()
        if isCancelling {
            continuation.resume(throwing: CancellationError())
        } else {
            continuation.resume(with: result)
        }
    }
}
