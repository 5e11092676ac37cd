// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
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

    /// Requests of the recordings that neither end the backend nor name files.
    private static func seeds() throws -> [TransportMessage] {
        let plain = try Recorded.all().flatMap(\.requests)
        let plugins = try FileManager.default.contentsOfDirectory(atPath: Fixtures.url("brayns/all-plugins").path)
            .filter { !$0.contains(".") }.sorted().flatMap { try Recorded("all-plugins/\($0)").requests }
        return (plain + plugins).filter { !holds($0, ["quit", "add-model", "file_path"]) }
    }

    @Test("10,000 mutated texts and binary frames leave the backend answering", .timeLimit(.minutes(10)))
    func mutations() async throws {
        let backend = Backend {
            $0.limits.pixels = 64 * 64
            $0.plugins = BraynsServerOptions.knownPlugins
        }
        let seeds = try Self.seeds()
        var generator = Generator(state: 2026)
        for round in 0..<(Self.isSoaking ? 100_000 : 10_000) {
            var seed = try #require(seeds.randomElement(using: &generator))
            // Every other message is a binary frame, a text with something behind it where none was recorded.
            if case .text(let text) = seed, round.isMultiple(of: 2) {
                let payload = (0..<Int.random(in: 0..<64, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                seed = .binary(BinaryFrame.encode(json: text, payload: payload))
            }
            let message = Self.mutated(seed, &generator)
            // A mutation may still name a file or the end of the backend, by joining two requests.
            if Self.holds(message, ["quit", "file_path"]) { continue }
            backend.send(message, client: 1)
            if round.isMultiple(of: 100) {
                #expect(try await backend.call("get-version").json["result"]?["major"] == 3)
                // What was added meanwhile would only make the rounds slower.
                try await backend.result("clear-models")
            }
        }
        #expect(try await backend.call("registry").json["result"]?.arrayValue?.isEmpty == false)
    }

    @Test("every recorded message that a real Brayns refused leaves the backend answering")
    func malformed() async throws {
        let backend = Backend { $0.plugins = BraynsServerOptions.knownPlugins }
        var count = 0
        for exchange in try Recorded.all() where exchange.replies.contains(where: { $0.text.contains(#""error""#) }) {
            for request in exchange.requests {
                backend.send(request, client: 1)
                count += 1
            }
            #expect(try await backend.call("get-version").json["result"]?["major"] == 3, "\(exchange)")
        }
        #expect(count > 30)
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
