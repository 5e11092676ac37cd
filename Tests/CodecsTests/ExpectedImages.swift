// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures

/// What the files below `Tests/Fixtures/images` have to decode to.
struct ExpectedImage: Decodable, Sendable {
    var width: Int
    var height: Int
    var channels: Int
    var bits: Int
    /// CRC-32 of the packed samples, little-endian; missing where a decoder may round.
    var crc: UInt32?

    static let all: [String: ExpectedImage] = {
        do {
            let data = Data(try Fixtures.bytes("images/expected.json"))
            return try JSONDecoder().decode([String: ExpectedImage].self, from: data)
        } catch {
            fatalError("Tests/Fixtures/images/expected.json: \(error)")
        }
    }()

    static func names(_ folder: String) -> [String] { all.keys.filter { $0.hasPrefix(folder) }.sorted() }

    static func bytes(_ name: String) throws -> [UInt8] { try Fixtures.bytes("images/\(name)") }
}

/// A random number generator with a seed, so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
