// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import TestFixtures
import Testing

/// Ten thousand broken messages of a real server, in the same order in every run.
@Suite struct MessageFuzzTests {
    private static let rounds = 10_000

    /// What servers have sent, as answers to the first request of a connection and its progress.
    private static func answers() throws -> [TransportMessage] {
        try RecordedMessage.all().joined().filter(\.isFromServer).map { message in
            let text = renamed(message.json).map { $0.serialized() } ?? message.text
            if message.payload.isEmpty { return .text(text) }
            return .binary(BinaryFrame.encode(json: text, payload: Array(message.payload.prefix(300))))
        }
    }

    private static func renamed(_ json: JSONValue?) -> JSONValue? {
        guard case .object(var members)? = json else { return nil }
        if members["id"] != nil, members["id"] != .null { members["id"] = 1 }
        if case .object(var params)? = members["params"], params["id"] != nil {
            params["id"] = 1
            members["params"] = .object(params)
        }
        return .object(members)
    }

    /// How a request has to end when this message comes and a good answer after it.
    private enum Ending: Equatable {
        case answer(JSONValue, [UInt8])
        case refusal(code: Int)
        case violation
    }

    private static let truth = Ending.answer("the truth", [])

    private static func ending(after message: TransportMessage) -> Ending {
        let (text, payload): ([UInt8], [UInt8])
        switch message {
        case .text(let string): (text, payload) = (Array(string.utf8), [])
        case .binary(let bytes):
            guard bytes.count >= 4 else { return .violation }
            let size = bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
            guard size <= bytes.count - 4 else { return .violation }
            (text, payload) = (Array(bytes[4..<4 + size]), Array(bytes[(4 + size)...]))
        }
        guard let members = (try? JSONValue(parsing: text))?.objectValue else { return .violation }
        let refusal = members["error"].map { error in
            Ending.refusal(code: error["code"]?.intValue.map(Int.init) ?? RPCError.internalErrorCode)
        }
        switch members["id"] {
        case .int(1)?: return refusal ?? members["result"].map { .answer($0, payload) } ?? .violation
        case .int?, .string?: return truth
        default: return refusal ?? (members["method"] != nil ? truth : .violation)
        }
    }

    @Test(
        "each ends its request with what it says, with the next good answer or with a clear error; none traps or hangs")
    func client() async throws {
        let seeds = try Self.answers()
        #expect(seeds.count > 100)
        var random = FixedRandom(seed: 4)
        var endings: [String: Int] = [:]
        for _ in 0..<Self.rounds {
            let message = MessageMutator.mutated(seeds[Int.random(in: seeds.indices, using: &random)], &random)
            let (connection, server) = MemoryConnection.pair()
            let client = RPCClient(connection: connection)
            let call = Task { try await client.call("snapshot", deadline: .seconds(20)) { #expect($0.id == .int(1)) } }
            _ = try await server.nextRequest()
            try await server.send(message)
            try await server.send(RPCResponse.result(id: .int(1), "the truth"))
            let expected = Self.ending(after: message)
            let seen = await Self.ending(of: call)
            #expect(seen == expected, "\(message)")
            endings["\(expected)".prefix { $0 != "(" }.description, default: 0] += 1
            await client.close()
        }
        // All the ways were gone, often.
        #expect(endings.count == 3 && endings.values.allSatisfy { $0 > 100 }, "\(endings)")
    }

    private static func ending(of call: Task<RPCReply, any Error>) async -> Ending? {
        do {
            let reply = try await call.value
            return .answer(reply.result, reply.payload)
        } catch let error as RPCError {
            return .refusal(code: error.code)
        } catch let error as ConnectionError where error.code == .protocolViolation {
            return .violation
        } catch {
            return nil
        }
    }

    @Test("binary frames come apart into parts that make the same frame again, or are refused")
    func frames() throws {
        let seeds = try Self.answers().compactMap { message in
            if case .binary(let bytes) = message { bytes } else { nil }
        }
        var random = FixedRandom(seed: 5)
        var good = 0
        for _ in 0..<Self.rounds {
            let frame = MessageMutator.mutated(seeds[Int.random(in: seeds.indices, using: &random)], &random)
            do throws(RPCError) {
                let (json, payload) = try BinaryFrame.decode(frame)
                #expect(BinaryFrame.encode(json: json, payload: Array(payload)) == frame)
                good += 1
            } catch {
                #expect(error.code == RPCError.parseErrorCode && !error.message.isEmpty)
            }
        }
        #expect((500..<Self.rounds - 500).contains(good))
    }

    @Test("what parses is written so that it parses to the same; requests are taken or refused with a code")
    func requests() throws {
        let seeds = try RecordedMessage.all().joined().filter { !$0.isFromServer }.map(\.text)
        var random = FixedRandom(seed: 6)
        var parsed = 0
        for _ in 0..<Self.rounds {
            let bytes = MessageMutator.mutated(
                Array(seeds[Int.random(in: seeds.indices, using: &random)].utf8), &random)
            let text = String(decoding: bytes, as: UTF8.self)
            if let json = try? JSONValue(parsing: text) {
                // 2.0 is written 2, as Brayns does: the text is what stays the same.
                let written = json.serialized()
                #expect(try JSONValue(parsing: written).serialized() == written)
                parsed += 1
            }
            if case .failure(let error) = RPCRequestParser.parse(.text(text)) {
                #expect([-32700, -32600].contains(error.code))
            }
        }
        #expect(parsed > 500)
    }
}
