// SPDX-License-Identifier: Apache-2.0

extension ResponseBody {
    /// More came than was allowed.
    public struct TooLong: Error {
        public var limit: Int
    }

    /// Takes the whole body into memory.
    ///
    /// - Throws: `TooLong` beyond `limit` bytes; `TransportError` when it breaks off, or is not over in time.
    public func collect(
        upTo limit: Int, clock: ServiceClock = .system, within time: Duration = .seconds(300)
    ) async throws -> [UInt8] {
        let start = clock.uptime()
        var bytes: [UInt8] = []
        for try await piece in self {
            guard bytes.count + piece.count <= limit else { throw TooLong(limit: limit) }
            guard clock.uptime() - start <= time else {
                throw TransportError(.timedOut, "the answer was not over after \(time.components.seconds) s")
            }
            bytes += piece
        }
        return bytes
    }
}
