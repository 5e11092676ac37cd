// SPDX-License-Identifier: Apache-2.0

/// Brayns' binary message: the size of the JSON as four little-endian bytes, the JSON, then any bytes.
public enum BinaryFrame {
    /// Puts a message together.
    public static func encode(json: String, payload: [UInt8]) -> [UInt8] {
        var text = json
        return text.withUTF8 { encode(utf8: $0, payload: payload) }
    }

    /// Takes a message apart.
    ///
    /// - Throws: `RPCError` as Brayns answers it, when the message is shorter than its header says.
    public static func decode(_ message: [UInt8]) throws(RPCError) -> (json: String, payload: ArraySlice<UInt8>) {
        let (json, payload) = try split(message)
        guard let text = String(validating: json, as: UTF8.self) else {
            throw .invalidJSON("JSON Exception: invalid UTF-8 text")
        }
        return (text, payload)
    }

    private static func encode(utf8: UnsafeBufferPointer<UInt8>, payload: [UInt8]) -> [UInt8] {
        // A JSON beyond four gigabytes cannot be framed; no caller comes near.
        let size = UInt32(clamping: utf8.count)
        return [UInt8](unsafeUninitializedCapacity: 4 + utf8.count + payload.count) { buffer, count in
            for index in 0..<4 { buffer[index] = UInt8(truncatingIfNeeded: size >> (8 * UInt32(index))) }
            _ = buffer[4...].update(fromContentsOf: utf8)
            _ = buffer[(4 + utf8.count)...].update(fromContentsOf: payload)
            count = 4 + utf8.count + payload.count
        }
    }

    /// The two parts of a message, without a copy.
    static func split(
        _ message: [UInt8]
    ) throws(RPCError) -> (json: ArraySlice<UInt8>, payload: ArraySlice<UInt8>) {
        guard message.count >= 4 else {
            throw .invalidJSON("Invalid binary packet, expected at least 4 bytes for the JSON size.")
        }
        let size = (0..<4).reduce(0) { $0 | Int(message[$1]) << (8 * $1) }
        guard size <= message.count - 4 else {
            // The missing letter is Brayns' own; programs may look for the text.
            throw .invalidJSON("Invalid binary packet, JSON size too bi: \(size)")
        }
        return (message[4..<(4 + size)], message[(4 + size)...])
    }
}

extension RPCError {
    /// The answer to what is no JSON.
    static func invalidJSON(_ reason: String) -> RPCError {
        RPCError(code: parseErrorCode, message: "Invalid JSON: '\(reason)'")
    }
}
