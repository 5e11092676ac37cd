// SPDX-License-Identifier: Apache-2.0

/// The bytes of an answer, piece by piece as they come; they can be read once.
public struct ResponseBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    private let open: @Sendable () -> any AsyncIteratorProtocol

    /// A body that a transport reads from its connection.
    ///
    /// - Parameter pieces: fails with `TransportError` or `CancellationError`.
    public init<Pieces: AsyncSequence & Sendable>(_ pieces: Pieces) where Pieces.Element == [UInt8] {
        open = { pieces.makeAsyncIterator() }
    }

    /// A body that is there already.
    public init(bytes: [UInt8]) {
        self.init(
            AsyncStream { continuation in
                if !bytes.isEmpty { continuation.yield(bytes) }
                continuation.finish()
            })
    }

    /// Reads one piece after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var pieces: any AsyncIteratorProtocol

        public mutating func next() async throws -> [UInt8]? { try await pieces.next() as? [UInt8] }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: open()) }
}
