// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads lines of numbers from text, whatever the locale.
struct NumberScanner {
    private let bytes: [UInt8]
    private var place = 0
    /// The line read last, counted from 1.
    private(set) var line = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place >= bytes.count }

    /// Reads the numbers of the next line; none for an empty line or a comment.
    ///
    /// - Returns: `false` when the line holds something else.
    mutating func readLine(into numbers: inout [Double]) -> Bool {
        numbers.removeAll(keepingCapacity: true)
        line += 1
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { place = end + 1 }
        while true {
            while place < end, Self.isSpace(bytes[place]) { place += 1 }
            guard place < end, bytes[place] != UInt8(ascii: "#") else { return true }
            let start = place
            while place < end, !Self.isSpace(bytes[place]) { place += 1 }
            guard place - start < 64, let number = Double(String(decoding: bytes[start..<place], as: UTF8.self)) else {
                return false
            }
            numbers.append(number)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
    }
}
