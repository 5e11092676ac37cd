// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Logging
import Synchronization

@testable import BraynsServer

/// An engine without a network around it: what is sent comes back as a stream of messages.
final class Backend: Sendable {
    let engine: Engine
    let hasQuit: AsyncStream<Void>
    private let outbox = Outbox()
    /// Far from the numbers of recorded requests.
    private let nextID = Mutex<Int64>(1 << 40)

    init(_ change: (inout BraynsServerOptions) -> Void = { _ in }) {
        var options = BraynsServerOptions()
        options.plugins = ["braynsMoleculeExplorer"]
        change(&options)
        let (stream, entrance) = AsyncStream<Void>.makeStream()
        hasQuit = stream
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        engine = Engine(context: ServerContext(options: options, logger: logger) { entrance.yield() })
    }

    /// Sends a message as client `client`; answers go to the shared stream.
    func send(_ message: TransportMessage, client: Int) {
        let outbox = outbox
        engine.receive(message, from: client) { outbox.put($0) }
    }

    func send(_ text: String) { send(.text(text), client: 1) }

    /// The next message from the engine.
    func next() async -> Received? {
        for await message in outbox.messages { return Received(message) }
        return nil
    }

    /// Calls a method and returns its answer, progress left out.
    func call(_ method: String, _ params: JSONValue? = nil, payload: [UInt8]? = nil) async throws -> Received {
        let id = nextID.withLock { next in
            defer { next += 1 }
            return next
        }
        var request: [String: JSONValue] = ["jsonrpc": "2.0", "id": .int(id), "method": .string(method)]
        request["params"] = params
        let json = JSONValue.object(request).serialized()
        try await send(payload.map { .binary(BinaryFrame.encode(json: json, payload: $0)) } ?? .text(json))
        while let message = await next() {
            if message.json["id"] == .int(id) { return message }
        }
        throw RPCError(code: 0, message: "no answer")
    }

    /// Calls a method that must succeed and returns its result.
    @discardableResult
    func result(_ method: String, _ params: JSONValue? = nil, payload: [UInt8]? = nil) async throws -> JSONValue {
        let answer = try await call(method, params, payload: payload)
        guard let result = answer.json["result"] else {
            throw RPCError(code: answer.code ?? 0, message: answer.json.serialized())
        }
        return result
    }
}

/// One message of a backend, taken apart.
struct Received: Sendable {
    var text: String
    var json: JSONValue
    var payload: [UInt8]
    var isBinary: Bool

    init(_ message: TransportMessage) {
        switch message {
        case .text(let text): (self.text, payload, isBinary) = (text, [], false)
        case .binary(let bytes):
            let parts = try? BinaryFrame.decode(bytes)
            (text, payload, isBinary) = (parts?.json ?? "", Array(parts?.payload ?? []), true)
        }
        json = (try? JSONValue(parsing: text)) ?? .null
    }

    var code: Int? { json["error"]?["code"]?.intValue.map(Int.init) }
    var message: String? { json["error"]?["message"]?.stringValue }
}
