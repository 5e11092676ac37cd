// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import WebSocket

/// Asks a running server who it is and how fast it answers; changes nothing there.
public struct ServerInquiry: Sendable {
    /// The server as users write it: `host:port`, `ws://…` or `wss://…`.
    public var address: String
    public var tls: WebSocketTLS
    /// Time to connect, and for each answer.
    public var timeout: Duration

    public init(address: String, tls: WebSocketTLS = WebSocketTLS(), timeout: Duration = .seconds(10)) {
        (self.address, self.tls, self.timeout) = (address, tls, timeout)
    }

    /// Connects, asks for version, methods, loaders and the scene, and measures the round trip.
    public func run() async -> Finding {
        let name = "server \(address)"
        do {
            let endpoint = try WebSocketEndpoint(address)
            let connection = try await WebSocketClient.connect(to: endpoint, tls: tls, timeout: timeout)
            let server = BraynsInstance(connection: connection, deadline: timeout)
            do {
                let finding = try await ask(server, name: name)
                await server.disconnect()
                return finding
            } catch {
                await server.disconnect()
                throw error
            }
        } catch {
            return Finding(name, .broken, Self.sentence(error), advice: Self.advice(error))
        }
    }

    private func ask(_ server: BraynsInstance, name: String) async throws -> Finding {
        let version = try await server.version()
        let methods = try await server.registry()
        let loaders = try await server.loaders()
        let models = try await server.call("get-scene", as: JSONValue.self)["models"]?.arrayValue?.count ?? 0
        var trips: [Double] = []
        for _ in 0..<5 {
            let start = ContinuousClock.now
            _ = try await server.version()
            trips.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        let trip = trips.sorted()[trips.count / 2]
        let isOurs = methods.contains(BraynsInstance.planesMethod)
        let names = loaders.map { "\($0.name) (\($0.normalizedExtensions.sorted().joined(separator: " ")))" }
        var detail = "Brayns \(version), \(methods.count) methods, round trip \(String(format: "%.2f", trip)) ms"
        detail += ", \(models) models in the scene; loaders: \(names.joined(separator: ", "))"
        let isKnown = (version.major, version.minor) == (ServerVersion.supported.major, ServerVersion.supported.minor)
        return Finding(
            name, isKnown ? .good : .lacking, detail,
            advice: isKnown ? "" : "This program was written for Brayns \(ServerVersion.supported).",
            facts: [
                "version": .string(version.description), "methods": .int(Int64(methods.count)),
                "round_trip_ms": .double(trip), "models": .int(Int64(models)),
                "sends_float_planes": .bool(isOurs),
                "loaders": .object(
                    Dictionary(
                        loaders.map { loader in
                            (loader.name, .array(loader.normalizedExtensions.sorted().map { .string($0) }))
                        }
                    ) { first, _ in first }),
            ])
    }

    private static func sentence(_ error: any Error) -> String {
        switch error {
        case let error as WebSocketError: error.message
        case let error as ConnectionError: error.message
        case let error as BraynsError: error.message
        case let error as RPCError: "it answered with an error: \(error.message)"
        default: "\(error)"
        }
    }

    /// A server beyond its `--max-clients` takes the connection and stays silent.
    private static func advice(_ error: any Error) -> String {
        guard let error = error as? ConnectionError, error.code == .deadline else {
            return "See that the server runs and that host and port are right."
        }
        return "It is busy with another client, or has as many clients as its --max-clients allows."
    }
}
