// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// A server that answers as a real one did in a recording, with the ids of the requests that come.
public enum RecordedServer {
    /// A connection to one: the first message that comes gets what followed the first of the recording, and so on.
    ///
    /// - Parameter gate: awaited before each message is sent.
    public static func connect(
        replaying folder: String, gate: @escaping @Sendable (JSONValue) async -> Void = { _ in }
    ) throws -> MemoryPipe {
        connect(answering: try RecordedMessage.read(folder: folder), gate: gate)
    }

    /// The same for messages from elsewhere.
    public static func connect(
        answering messages: [RecordedMessage], gate: @escaping @Sendable (JSONValue) async -> Void = { _ in }
    ) -> MemoryPipe {
        let (client, server) = MemoryPipe.pair()
        Task {
            var rest = messages[...]
            /// Recorded ids, and those of this connection.
            var ids: [JSONValue: JSONValue] = [:]
            for try await message in server.messages {
                guard case .success(let request) = RPCRequestParser.parse(message) else { continue }
                if let asked = rest.popFirst()?.json?["id"], let id = request.id { ids[asked] = id.json }
                while let next = rest.first, next.isFromServer {
                    rest.removeFirst()
                    guard let json = next.json else { continue }
                    await gate(json)
                    let text = renamed(json, ids).serialized()
                    let isBare = next.payload.isEmpty
                    try await server.send(
                        isBare ? .text(text) : .binary(frame(text, next.payload)))
                }
            }
        }
        return client
    }

    private static func frame(_ json: String, _ payload: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(json.utf8.count).littleEndian, Array.init) + Array(json.utf8) + payload
    }

    /// The message with this connection's ids in place of the recorded ones.
    private static func renamed(_ json: JSONValue, _ ids: [JSONValue: JSONValue]) -> JSONValue {
        guard case .object(var members) = json else { return json }
        if let id = members["id"].flatMap({ ids[$0] }) { members["id"] = id }
        if members["method"] != nil, case .object(var params)? = members["params"],
            let id = params["id"].flatMap({ ids[$0] })
        {
            params["id"] = id
            members["params"] = .object(params)
        }
        return .object(members)
    }
}
