// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import WebSocket

extension BraynsInstance {
    /// Connects to a server.
    ///
    ///     let instance = try await BraynsInstance.connect("localhost:5000")
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
    /// - Throws: `WebSocketError` with a sentence that names the address.
    public static func connect(
        _ address: String, tls: WebSocketTLS = WebSocketTLS(), timeout: Duration = .seconds(10),
        deadline: Duration? = nil
    ) async throws(WebSocketError) -> BraynsInstance {
        let endpoint = try WebSocketEndpoint(address)
        return BraynsInstance(
            connection: try await WebSocketClient.connect(to: endpoint, tls: tls, timeout: timeout),
            deadline: deadline)
    }
}
