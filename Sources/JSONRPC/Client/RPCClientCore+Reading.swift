// SPDX-License-Identifier: Apache-2.0
import Synchronization

extension RPCClientCore {
    /// Takes what arrives until the connection ends.
    func read() async {
        do {
            if let timed = connection as? any TimedMessageConnection {
                while let arrived = try await timed.nextArrival() { try handle(arrived) }
            } else {
                for try await message in connection.messages { try handle(ArrivedMessage(message)) }
            }
            end(ConnectionError(.lost, "\(connection.peer) closed the connection"))
        } catch {
            end(ConnectionError(wrapping: error, peer: connection.peer))
            await connection.close()
        }
    }

    private func handle(_ arrived: ArrivedMessage) throws(ConnectionError) {
        let (json, payload) = try document(in: arrived.message)
        if let id = json["id"].flatMap(RPCID.init) {
            answer(id, json, payload, arrived)
        } else if let error = json["error"] {
            refuseAll(rpcError(error))
        } else if json["method"] != nil {
            report(json)
        } else {
            throw violation("sent a message that is neither answer nor progress")
        }
    }

    private func document(
        in message: TransportMessage
    ) throws(ConnectionError) -> (json: JSONValue, payload: ArraySlice<UInt8>) {
        switch message {
        case .text(let text): return (try parsed([UInt8](text.utf8)[...]), [])
        case .binary(let bytes):
            let parts: (json: ArraySlice<UInt8>, payload: ArraySlice<UInt8>)
            do throws(RPCError) {
                parts = try BinaryFrame.split(bytes)
            } catch {
                throw violation("sent a binary message that is shorter than its own header says")
            }
            return (try parsed(parts.json), parts.payload)
        }
    }

    private func parsed(_ utf8: ArraySlice<UInt8>) throws(ConnectionError) -> JSONValue {
        do throws(JSONParseError) {
            return try JSONValue(parsing: utf8)
        } catch {
            throw violation("sent what is no JSON (\(error.message) at byte \(error.offset))")
        }
    }

    private func violation(_ what: String) -> ConnectionError {
        ConnectionError(.protocolViolation, "\(connection.peer) \(what): is it a Brayns server?")
    }

    private func answer(
        _ id: RPCID, _ json: JSONValue, _ payload: ArraySlice<UInt8>, _ arrived: ArrivedMessage
    ) {
        guard let waiter = take(id) else { return }
        if let error = json["error"] { return waiter.finish(.failure(rpcError(error))) }
        guard let result = json["result"] else {
            return waiter.finish(.failure(violation("answered \(waiter.method) with neither result nor error")))
        }
        let timing = RPCTiming(
            sentAt: waiter.sentAt ?? arrived.receivedAt, firstByteAt: arrived.firstByteAt,
            receivedAt: arrived.receivedAt)
        waiter.finish(.success(RPCReply(result: result, payload: [UInt8](payload), timing: timing)))
    }

    /// An error without an id belongs to a request that the server could not read. Which one it was cannot be
    /// told, so that with several under way none of them can be trusted to get an answer.
    private func refuseAll(_ error: RPCError) {
        let waiters = state.withLock { state in
            let sent = state.waiters.filter { $0.value.sentAt != nil }
            for id in sent.keys { state.waiters[id] = nil }
            return sent
        }
        for waiter in waiters.values { waiter.finish(.failure(error)) }
    }

    private func report(_ json: JSONValue) {
        guard let params = json["params"], let id = params["id"].flatMap(RPCID.init),
            let amount = params["amount"]?.doubleValue,
            let progress = state.withLock({ $0.waiters[id]?.progress })
        else { return }
        progress(RPCProgress(id: id, amount: amount, operation: params["operation"]?.stringValue ?? ""))
    }

    private func rpcError(_ json: JSONValue) -> RPCError {
        RPCError(
            code: json["code"]?.intValue.flatMap(Int.init(exactly:)) ?? RPCError.internalErrorCode,
            message: json["message"]?.stringValue ?? "the server gave no reason", data: json["data"])
    }
}
