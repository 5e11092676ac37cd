// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Testing

@testable import BraynsServer

@Suite struct FuzzTests {
    /// A small generator with a fixed course, so that a failure comes again.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let isSoaking = ProcessInfo.processInfo.environment["DARKROOM_SOAK"] != nil

    @Test("mutated requests leave the backend answering", .timeLimit(.minutes(10)))
    func mutations() async throws {
        let backend = Backend { $0.limits.pixels = 64 * 64 }
        let seeds = try Recorded.all().flatMap(\.requests).filter {
            !Self.holds($0, ["quit", "add-model", "file_path"])
        }
        var generator = Generator(state: 2026)
        for round in 0..<(Self.isSoaking ? 20_000 : 2000) {
            let seed = try #require(seeds.randomElement(using: &generator))
            let message = Self.mutated(seed, &generator)
            // A mutation may still name a file or the end of the backend, by joining two requests.
            if Self.holds(message, ["quit", "file_path"]) { continue }
            backend.send(message, client: 1)
            if round.isMultiple(of: 200) {
                #expect(try await backend.call("get-version").json["result"]?["major"] == 3)
            }
        }
        #expect(try await backend.call("registry").json["result"]?.arrayValue?.isEmpty == false)
    }

    private static func holds(_ message: TransportMessage, _ words: [String]) -> Bool {
        let text =
            switch message {
            case .text(let text): text
            case .binary(let bytes): String(decoding: bytes, as: UTF8.self)
            }
        return words.contains { text.contains($0) }
    }

    private static func mutated(_ message: TransportMessage, _ generator: inout Generator) -> TransportMessage {
        var bytes: [UInt8]
        var isText = true
        switch message {
        case .text(let text): bytes = [UInt8](text.utf8)
        case .binary(let frame): (bytes, isText) = (frame, false)
        }
        for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(UInt8(ascii: "9"), at: place)
            case 3: bytes.removeSubrange(place...)
            case 4: bytes.insert(contentsOf: bytes[place...].prefix(16), at: place)
            default: bytes.insert(contentsOf: [UInt8]("-1e999".utf8), at: place)
            }
        }
        return isText ? .text(String(decoding: bytes, as: UTF8.self)) : .binary(bytes)
    }
}
