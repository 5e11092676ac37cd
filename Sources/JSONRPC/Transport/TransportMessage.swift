// SPDX-License-Identifier: Apache-2.0

/// One whole message of a transport that keeps message borders, such as a WebSocket.
public enum TransportMessage: Hashable, Sendable {
    /// UTF-8 text.
    case text(String)
    /// Any bytes.
    case binary([UInt8])
}
