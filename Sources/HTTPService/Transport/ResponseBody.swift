// SPDX-License-Identifier: Apache-2.0

/// The bytes of an answer, piece by piece as they come; those of a connection can be read once.
public struct ResponseBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]

    private let open: @Sendable () -> any AsyncIteratorProtocol

    /// A body that a transport reads from its connection.
    ///
    /// - Parameter pieces: fails with `TransportError` or `CancellationError`.
    public init<Pieces: AsyncSequence & Sendable>(_ pieces: Pieces) where Pieces.Element == [UInt8] {
        open = { pieces.makeAsyncIterator() }
    }

    /// A body that is there already; it can be read many times.
    public init(bytes: [UInt8]) { self.init(Whole(bytes: bytes)) }

    private struct Whole: AsyncSequence, Sendable {
        let bytes: [UInt8]

        struct AsyncIterator: AsyncIteratorProtocol {
            var left: [UInt8]

            mutating func next() async -> [UInt8]? {
                defer { left = [] }
                return left.isEmpty ? nil : left
            }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(left: bytes) }
    }

    /// Reads one piece after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var pieces: any AsyncIteratorProtocol

        public mutating func next() async throws -> [UInt8]? { try await pieces.next() as? [UInt8] }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: open()) }
}
