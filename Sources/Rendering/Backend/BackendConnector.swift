// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Jobs
import WebSocket

/// Connects to backends and asks them what they can do.
struct BackendConnector: Sendable {
    /// Opens a connection within a time; tests put their own in its place.
    typealias Opening = @Sendable (WebSocketEndpoint, Duration) async throws -> any MessageConnection

    var options: RenderingOptions
    var open: Opening

    init(options: RenderingOptions, open: Opening? = nil) {
        let tls = WebSocketTLS(caFile: options.caFile, allowsInsecure: options.allowsInsecureTLS)
        self.options = options
        self.open =
            open ?? { endpoint, timeout in
                try await WebSocketClient.connect(to: endpoint, tls: tls, timeout: timeout)
            }
    }

    /// A session with a server that runs already.
    func remote(_ address: String, isExclusive: Bool) async throws -> BackendSession {
        let endpoint: WebSocketEndpoint
        do {
            endpoint = try WebSocketEndpoint(address)
        } catch {
            throw RendererError(.environment, stage: "connect", error.message, underlying: error)
        }
        let connection = try await connection(to: endpoint, name: endpoint.description)
        return try await session(
            over: connection, name: endpoint.description, process: nil, isExclusive: isExclusive)
    }

    /// A session with a child that has told its port.
    func child(_ process: BackendProcess) async throws -> BackendSession {
        do {
            let connection = try await connection(to: process.endpoint, name: process.name)
            return try await session(over: connection, name: process.name, process: process, isExclusive: true)
        } catch {
            // Whether it ended by itself has to be known before it is killed.
            let hasEnded = await process.process.wait(for: .milliseconds(200)) != nil
            process.kill()
            let obituary = await process.obituary()
            guard hasEnded, let obituary, error is RendererError else { throw error }
            throw RendererError(.environment, stage: "start", obituary + ".", underlying: error)
        }
    }

    /// One more connection to a process that was started from here.
    func another(to process: BackendProcess) async throws -> BraynsInstance {
        BraynsInstance(connection: try await connection(to: process.endpoint, name: process.name))
    }

    /// A session with a server that was just started and takes its time to listen.
    func started(_ process: BackendProcess) async throws -> BackendSession {
        let deadline = ContinuousClock.now + options.startTimeout
        do {
            while true {
                do {
                    return try await child(process, until: deadline)
                } catch let error as RendererError where error.stage == "connect" && ContinuousClock.now < deadline {
                    if process.process.status != nil {
                        let obituary = await process.obituary() ?? process.name
                        throw RendererError(.environment, stage: "start", obituary + ".", underlying: error)
                    }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        } catch {
            await process.end(grace: .zero)
            throw error
        }
    }

    private func child(_ process: BackendProcess, until deadline: ContinuousClock.Instant) async throws
        -> BackendSession
    {
        let left = max(deadline - ContinuousClock.now, .milliseconds(1))
        let connection = try await connection(
            to: process.endpoint, name: process.name, within: min(left, options.connectTimeout))
        return try await session(over: connection, name: process.name, process: process, isExclusive: true)
    }

    private func connection(to endpoint: WebSocketEndpoint, name: String, within time: Duration? = nil) async throws
        -> any MessageConnection
    {
        let time = time ?? options.connectTimeout
        do {
            return NamedConnection(base: try await open(endpoint, time), peer: name)
        } catch let error as WebSocketError {
            if error.code == .deadline { throw silence(name, time, error) }
            let blame: RendererError.Blame = error.code == .configuration ? .environment : .remote
            // A child's address holds its secret, which is nobody else's to read.
            let message =
                endpoint.path.count < 2 || name.contains(endpoint.path)
                ? error.message : error.message.replacing(endpoint.path, with: "")
            throw RendererError(blame, stage: "connect", message, underlying: error)
        }
    }

    private func session(
        over connection: any MessageConnection, name: String, process: BackendProcess?, isExclusive: Bool
    ) async throws -> BackendSession {
        let instance = BraynsInstance(
            connection: connection, deadline: options.connectTimeout, cancelBound: .seconds(5))
        do {
            let version = try await instance.checkVersion()
            var lasting = instance.withDeadline(nil)
            // The renderers see by themselves to what a real server does not survive.
            lasting.isGuarded = false
            return BackendSession(
                instance: lasting, process: process, name: name, version: version,
                registry: try await instance.registry(), loaders: try await instance.loaders(),
                isExclusive: isExclusive)
        } catch {
            await instance.disconnect()
            guard let failure = error as? BraynsError else { throw error }
            if failure.code == .deadline { throw silence(name, options.connectTimeout, failure) }
            throw RendererError(.remote, stage: "connect", failure.message, underlying: failure)
        }
    }

    private func silence(_ name: String, _ time: Duration, _ error: any Error) -> RendererError {
        RendererError(
            .remote, stage: "connect",
            "\(name) took the connection but did not answer within \(time): it may be drawing for somebody else, or "
                + "serve as many clients already as its --max-clients allows (2 unless told otherwise).",
            underlying: error)
    }
}

/// A connection under another name: an address may hold a secret.
private struct NamedConnection: MessageConnection {
    let base: any MessageConnection
    let peer: String

    var messages: AsyncThrowingStream<TransportMessage, any Error> { base.messages }
    func send(_ message: TransportMessage) async throws { try await base.send(message) }
    func close() async { await base.close() }
}
