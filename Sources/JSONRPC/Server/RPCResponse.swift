// SPDX-License-Identifier: Apache-2.0

/// The messages a server sends, as Brayns words them.
public enum RPCResponse {
    /// The answer to a request; with a payload it is one binary message, else text.
    public static func result(id: RPCID, _ result: JSONValue, payload: [UInt8]? = nil) -> TransportMessage {
        let json = JSONValue.object(["id": id.json, "jsonrpc": "2.0", "result": result]).serialized()
        guard let payload else { return .text(json) }
        return .binary(BinaryFrame.encode(json: json, payload: payload))
    }

    /// The refusal of a request; `nil` stands for a request whose id could not be known.
    public static func error(id: RPCID?, _ error: RPCError) -> TransportMessage {
        var body: [String: JSONValue] = ["code": .int(Int64(error.code)), "message": .string(error.message)]
        body["data"] = error.data
        let json = JSONValue.object(["error": .object(body), "id": id?.json ?? .null, "jsonrpc": "2.0"])
        return .text(json.serialized())
    }

    /// A word on how far a request has come.
    ///
    /// - Parameter amount: from 0 to 1; Brayns keeps it in single precision, and so does the text.
    public static func progress(method: String, id: RPCID, amount: Double, operation: String) -> TransportMessage {
        let params: [String: JSONValue] = [
            "amount": .double(Double(Float(amount))), "id": id.json, "operation": .string(operation),
        ]
        let json = JSONValue.object(["jsonrpc": "2.0", "method": .string(method), "params": .object(params)])
        return .text(json.serialized())
    }
}
