// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Logging

/// One client: hands what it sends to the engine and brings it the answers.
///
/// Nobody waits for a slow client but itself: answers pile up in its own outbox, and while much lies there, or many
/// of its requests wait, nothing more is read from it.
struct ClientSession: Sendable {
    private static let mostRequests = 256
    private static let mostBytes = 256 << 20

    let number: Int
    let connection: any MessageConnection
    let engine: Engine
    let outboxes: Outboxes
    let logger: Logger

    /// Serves the client until it leaves.
    func run() async {
        let outbox = outboxes.open(for: number)
        logger.info("Client \(number) connected from \(connection.peer)")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await deliver(outbox) }
            await receive(outbox)
            engine.clientLeft(number)
            outboxes.close(for: number)
            group.cancelAll()
        }
        await connection.close()
        logger.info("Client \(number) left")
    }

    private func receive(_ outbox: Outbox) async {
        do {
            for try await message in connection.messages {
                engine.receive(message, from: number) { outbox.put($0) }
                while isFull(outbox), !Task.isCancelled { try await Task.sleep(for: .milliseconds(5)) }
            }
        } catch {
            logger.debug("Client \(number): \(error)")
        }
    }

    private func isFull(_ outbox: Outbox) -> Bool {
        let load = engine.load(of: number)
        return load.count >= Self.mostRequests || load.bytes >= Self.mostBytes || outbox.bytes >= Self.mostBytes
    }

    private func deliver(_ outbox: Outbox) async {
        do {
            for await message in outbox.messages {
                try await connection.send(message)
                outbox.delivered(message)
            }
        } catch {
            // The client is gone; reading from it says so too, and ends the session. Nothing waits for it any more.
            outbox.finish()
            logger.debug("Client \(number): \(error)")
        }
    }
}
