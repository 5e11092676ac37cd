// SPDX-License-Identifier: Apache-2.0

/// Reads requests exactly as Brayns does, refusals included.
public enum RPCRequestParser {
    /// A request, or the error to answer with id `null`.
    public static func parse(_ message: TransportMessage) -> Result<RPCRequest, RPCError> {
        do throws(RPCError) {
            return .success(try request(in: message))
        } catch {
            return .failure(error)
        }
    }

    private static let envelope = JSONSchema([
        "type": "object", "additionalProperties": false, "required": ["jsonrpc", "method"],
        "properties": [
            "id": ["oneOf": [["type": "null"], ["type": "integer"], ["type": "string"]]],
            "jsonrpc": ["type": "string"], "method": ["type": "string"], "params": [:],
        ],
    ])

    private static func request(in message: TransportMessage) throws(RPCError) -> RPCRequest {
        let json: JSONValue
        var payload: [UInt8] = []
        switch message {
        case .text(let text): json = try document([UInt8](text.utf8)[...])
        case .binary(let bytes):
            let parts = try BinaryFrame.split(bytes)
            json = try document(parts.json)
            payload = [UInt8](parts.payload)
        }
        let breaches = envelope.validate(json)
        guard breaches.isEmpty else {
            throw RPCError(
                code: RPCError.invalidRequestCode, message: "Invalid JSON-RPC request schema",
                data: .array(breaches.map(JSONValue.string)))
        }
        let version = json["jsonrpc"]?.stringValue ?? ""
        guard version == "2.0" else {
            throw RPCError(
                code: RPCError.invalidRequestCode, message: "Unsupported JSON-RPC version: '\(version)'")
        }
        guard let method = json["method"]?.stringValue, !method.isEmpty else {
            throw RPCError(code: RPCError.invalidRequestCode, message: "No methods provided in request")
        }
        return RPCRequest(id: json["id"].flatMap(RPCID.init), method: method, params: json["params"], payload: payload)
    }

    /// Brayns' parser takes only arrays and objects.
    private static func document(_ bytes: ArraySlice<UInt8>) throws(RPCError) -> JSONValue {
        do throws(JSONParseError) {
            let json = try JSONValue(parsing: bytes)
            switch json {
            case .object, .array: return json
            default:
                throw JSONParseError(.notADocument, "Attempt to set value on an empty stack", at: 0)
            }
        } catch {
            throw .invalidJSON("JSON Exception: \(error.message)")
        }
    }
}
