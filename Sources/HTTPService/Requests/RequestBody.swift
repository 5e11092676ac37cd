// SPDX-License-Identifier: Apache-2.0

/// What a request carries; it can be sent again when a try fails.
public enum RequestBody: Sendable {
    /// No body, and no `Content-Length`.
    case none
    /// Bytes in memory; an empty array gives `Content-Length: 0`.
    case bytes([UInt8])
    /// Bytes that come piece by piece from the start each time `open` is called.
    case stream(length: Int64, open: @Sendable () -> AsyncThrowingStream<[UInt8], any Error>)

    /// Bytes of the whole body; `nil` without one.
    public var length: Int64? {
        switch self {
        case .none: nil
        case .bytes(let bytes): Int64(bytes.count)
        case .stream(let length, _): length
        }
    }
}
