// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import WebSocket

/// A server that answers every request at once with the same bytes: what is left is the transport.
final class NullRenderer: Sendable {
    private let server: WebSocketServer
    private let payloads: [String: [UInt8]]

    /// - Parameter payloads: what each method is answered with.
    init(payloads: [String: [UInt8]]) {
        self.payloads = payloads
        server = WebSocketServer(options: WebSocketServer.Options())
    }

    /// Serves while `body` runs.
    func serve<Result: Sendable>(_ body: (_ port: Int) async throws -> Result) async throws -> Result {
        let port = try await server.start()
        let serving = Task { [server, payloads] in
            for await connection in server.connections { Task { await Self.answer(connection, payloads) } }
        }
        do {
            let result = try await body(port)
            await server.stop()
            serving.cancel()
            return result
        } catch {
            await server.stop()
            serving.cancel()
            throw error
        }
    }

    private static func answer(_ connection: WebSocketConnection, _ payloads: [String: [UInt8]]) async {
        do {
            for try await message in connection.messages {
                guard case .success(let request) = RPCRequestParser.parse(message), let id = request.id else {
                    continue
                }
                try await connection.send(RPCResponse.result(id: id, .null, payload: payloads[request.method]))
            }
        } catch {
            // The client has left; so does this end.
        }
        await connection.close()
    }

    /// Times requests whose answers carry `bytes` bytes each.
    static func measure(bytes: Int, repeats: Int, trace: TraceLog) async throws -> BenchReport.Ceiling {
        // Not zeros, which nothing here compresses, but nobody needs to trust that.
        let payload = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let renderer = NullRenderer(payloads: ["render-image": payload])
        let seconds = try await renderer.serve { port in
            let connection = try await WebSocketClient.connect(to: WebSocketEndpoint(host: "127.0.0.1", port: port))
            let client = RPCClient(connection: connection)
            var seconds: [Double] = []
            for round in 0..<(repeats + 1) {
                let start = ContinuousClock.now
                let reply = try await client.call("render-image", deadline: .seconds(60))
                let time = (ContinuousClock.now - start) / .seconds(1)
                guard reply.payload.count == bytes else { throw Failure(sent: bytes, received: reply.payload.count) }
                guard round > 0 else { continue }
                trace.add("transport \(bytes)", lane: "null renderer", start: start, seconds: time)
                seconds.append(time)
            }
            await client.close()
            return seconds
        }
        return BenchReport.Ceiling(payloadBytes: bytes, seconds: Timing(seconds))
    }

    /// An answer that is not what was sent.
    struct Failure: Error, CustomStringConvertible {
        var sent: Int
        var received: Int
        var description: String { "the null renderer sent \(sent) bytes and \(received) came" }
    }
}
