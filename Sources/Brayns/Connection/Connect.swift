// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import WebSocket

/// Connects to a server: `Brayns.connect("localhost:5000")`.
///
///     let instance = try await Brayns.connect("localhost:5000")
///     let models = try await instance.load("/data/cube.obj")
///     let camera = Camera.fullScreen(of: try await instance.bounds())
///     try await instance.lights.add(.directional(direction: camera.view.basis.direction))
///     try await Snapshot(size: .fullHD, camera: camera).save(to: "cube.png", from: instance)
///     await instance.disconnect()
///
/// - Parameters:
///   - address: `host:port`, `ws://host:port` or `wss://host:port`.
///   - tls: which certificates to trust with `wss`.
///   - timeout: time for the connection.
///   - deadline: time for each request; no limit when `nil`.
/// - Throws: `BraynsError`, `.unreachable` with a sentence that names the address, `.deadline` when the server takes the
///   connection and says nothing: a real Brayns does so to clients beyond its `--max-clients`.
public func connect(
    _ address: String, tls: WebSocketTLS = WebSocketTLS(), timeout: Duration = .seconds(10), deadline: Duration? = nil
) async throws -> BraynsInstance {
    do throws(WebSocketError) {
        let endpoint = try WebSocketEndpoint(address)
        let connection = try await WebSocketClient.connect(to: endpoint, tls: tls, timeout: timeout)
        return BraynsInstance(connection: connection, deadline: deadline)
    } catch  where error.code == .deadline {
        throw BraynsError(
            .deadline,
            "\(address) did not answer within \(timeout): it may be drawing for somebody else, or serve as many clients "
                + "already as its --max-clients allows (2 unless told otherwise).", underlying: error)
    } catch {
        throw BraynsError(.unreachable, error.message, underlying: error)
    }
}
