// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The same row of numbers in every run (SplitMix64).
public struct FixedRandom: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Breaks messages in the ways that wires, bugs and malice do.
public enum MessageMutator {
    /// What is put in the place of a number, a text or a member: edges of what types can hold, and what they cannot.
    private static let intruders = [
        "-1", "1e999", "9223372036854775808", "-9223372036854775809", "4294967296", "0.5", "null", "true", "{}", "[]",
        "\"\"", "\"\\ud800\"", "\\u0000", "[[[[[[[[", "NaN", ",", ":", "\"id\":", "\u{FEFF}",
    ].map { Array($0.utf8) }

    /// The message with one to four things changed.
    public static func mutated(_ message: TransportMessage, _ random: inout FixedRandom) -> TransportMessage {
        switch message {
        case .text(let text): .text(String(decoding: mutated(Array(text.utf8), &random), as: UTF8.self))
        case .binary(let bytes): .binary(mutated(bytes, &random))
        }
    }

    /// Bytes with one to four things changed.
    public static func mutated(_ bytes: [UInt8], _ random: inout FixedRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty { change(&bytes, &random) }
        return bytes
    }

    private static func change(_ bytes: inout [UInt8], _ random: inout FixedRandom) {
        // Most of a picture's message is picture; what matters lies before it.
        let end = min(bytes.count, Bool.random(using: &random) ? 256 : .max)
        let place = Int.random(in: 0..<end, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.remove(at: place)
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.insert(contentsOf: Array(bytes[place...].prefix(16)), at: place)
        case 5: bytes.insert(contentsOf: intruders.randomElement(using: &random) ?? [], at: place)
        case 6: bytes[min(place, 3) % bytes.count] = UInt8.random(in: 0...255, using: &random)
        default: replaceValue(from: place, in: &bytes, with: intruders.randomElement(using: &random) ?? [])
        }
    }

    /// Puts something else in the place of the value behind the next colon.
    private static func replaceValue(from place: Int, in bytes: inout [UInt8], with intruder: [UInt8]) {
        guard let colon = bytes[place...].prefix(512).firstIndex(of: UInt8(ascii: ":")) else { return }
        let start = colon + 1
        let ends = Set(",}]".utf8)
        let end = bytes[start...].firstIndex(where: ends.contains) ?? bytes.endIndex
        bytes.replaceSubrange(start..<end, with: intruder)
    }
}
