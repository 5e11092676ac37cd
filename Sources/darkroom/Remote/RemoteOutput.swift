// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import JSONRPC
import RemoteRendering
import Synchronization

/// Conversions and sessions on standard output: a line each, for people or as JSON.
struct RemoteOutput: Sendable {
    var isJSON: Bool

    func print(_ value: some RemoteLine & Encodable) throws {
        try StandardStreams.print(isJSON ? JSONValue(encoding: value).serialized() : value.line)
    }

    /// Waits for something pending, says each change, and prints how it ended, well or not.
    func wait<Value: Pollable & Encodable & RemoteLine>(for poller: Poller<Value>, within limit: Duration?) async throws
    {
        StandardStreams.say("darkroom: \(poller.value.summary); continuation token \(poller.continuationToken)\n")
        let last = Mutex(poller.value.summary)
        do {
            let value = try await Interruption.interruptible {
                try await poller.result(within: limit) { value in
                    let isNews = last.withLock { last in
                        defer { last = value.summary }
                        return last != value.summary
                    }
                    if isNews { StandardStreams.say("darkroom: \(value.summary)\n") }
                }
            }
            try print(value)
        } catch let error as RemoteRenderingError {
            try print(poller.value)
            throw error
        }
    }
}

/// What can be told in one line.
protocol RemoteLine {
    /// The id and how it stands.
    var summary: String { get }
    /// Everything worth reading, columns two spaces apart.
    var line: String { get }
}

extension AssetConversion: RemoteLine {
    var summary: String { "\(id) is \(status.rawValue)" }

    var line: String {
        let made = creationTime.map { $0.formatted(.iso8601) }
        return [id, status.rawValue, made, output?.outputAssetUri, error?.summary].compactMap(\.self)
            .joined(separator: "  ")
    }
}

extension RenderingSession: RemoteLine {
    var summary: String { "\(id) is \(status.rawValue)" }

    var line: String {
        var parts = [id, status.rawValue, size?.rawValue].compactMap(\.self)
        if let left = minutesLeft, let lease = maxLeaseTimeMinutes { parts.append("\(left) of \(lease) min left") }
        if let hostname { parts.append(handshakePort.map { "\(hostname):\($0)" } ?? hostname) }
        if let error { parts.append(error.summary) }
        return parts.joined(separator: "  ")
    }
}
