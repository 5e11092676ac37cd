// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Scene
import TestFixtures
import Testing

/// Broken results of a real server: the typed client takes them for what they say or calls them bad, and never traps.
@Suite struct MutatedReplyTests {
    private struct Exchange {
        var method: any BraynsMethod
        var reply: RecordedMessage
    }

    /// Every recorded result with the method that it belongs to.
    private static func exchanges() throws -> [Exchange] {
        let methods = Dictionary(uniqueKeysWithValues: Methods.all.map { ($0.name, $0) })
        var exchanges: [Exchange] = []
        for recording in try RecordedMessage.all() {
            var asked: [JSONValue: any BraynsMethod] = [:]
            for message in recording {
                guard let json = message.json, let id = json["id"] else { continue }
                if let name = json["method"]?.stringValue, !message.isFromServer {
                    asked[id] = methods[name]
                } else if json["result"] != nil, let method = asked[id] {
                    exchanges.append(Exchange(method: method, reply: message))
                }
            }
        }
        return exchanges
    }

    @Test("10,000 mutated results decode to what encodes to the same again, or are refused")
    func types() throws {
        let exchanges = try Self.exchanges()
        #expect(exchanges.count > 80)
        var random = FixedRandom(seed: 7)
        var (taken, refused) = (0, 0)
        while taken + refused < 10_000 {
            let exchange = exchanges[Int.random(in: exchanges.indices, using: &random)]
            let bytes = MessageMutator.mutated(Array(exchange.reply.text.utf8), &random)
            guard let result = (try? JSONValue(parsing: bytes))?["result"] else { continue }
            if try Self.survives(exchange.method, result) { taken += 1 } else { refused += 1 }
        }
        #expect(taken > 500 && refused > 500, "\(taken) \(refused)")
    }

    private static func survives<Method: BraynsMethod>(_ method: Method, _ json: JSONValue) throws -> Bool {
        guard let value = try? json.decode(Method.Result.self) else { return false }
        guard let again = try? JSONValue(encoding: value) else {
            // JSON has no infinity, which 1e999 may have become.
            return false
        }
        #expect(same(try JSONValue(encoding: try again.decode(Method.Result.self)), again), "\(method.name): \(json)")
        return true
    }

    @Test("pictures that lie about their place in the reply are refused, whatever the numbers")
    func pictures() async throws {
        let server = FakeBrayns()
        var instance = BraynsInstance(connection: server.connect())
        instance.isGuarded = false
        let numbers: [Int64] = [.min, -1, 0, 1, 4, 5, 1 << 31, .max]
        for offset in numbers {
            for size in numbers {
                server.on("snapshot") { _ in
                    .result(["color_buffer": ["offset": .int(offset), "size": .int(size)]], payload: [1, 2, 3, 4])
                }
                let isInside = offset >= 0 && size > 0 && offset <= 4 && size <= 4 - offset
                let picture = try? await Snapshot().download(from: instance)
                #expect((picture != nil) == isInside, "\(offset) \(size)")
                if isInside { #expect(picture == Array([1, 2, 3, 4][Int(offset)..<Int(offset + size)])) }
            }
        }
        #expect(instance.isConnected)
        await instance.disconnect()
    }
}
