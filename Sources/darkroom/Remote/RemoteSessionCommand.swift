// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import HTTPService
import RemoteRendering

/// `darkroom remote session`: starts, shows, extends and stops rendering sessions.
struct RemoteSessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "Starts, lists, extends and stops rendering sessions (Azure's own service is retired).",
        discussion: RemoteCommand.retired,
        subcommands: [Create.self, List.self, Show.self, Extend.self, Stop.self])

    /// `darkroom remote session create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Starts a session and waits until it is ready (Azure's own service is retired).",
            discussion: RemoteCommand.retired)

        @OptionGroup var remote: RemoteFlags

        @Option(help: ArgumentHelp("The session's id (default: a new UUID).", valueName: "id"))
        var id: String?

        @Option(help: ArgumentHelp("The machine's size: Standard or Premium (default: Standard).", valueName: "size"))
        var size = "Standard"

        @Option(
            help: ArgumentHelp(
                "Minutes after which the session ends by itself, 0 to 1440 (default: 60).", valueName: "n"))
        var lease = 60

        @Flag(inversion: .prefixedNo, help: "Wait until the session is ready.")
        var wait = true

        func validate() throws {
            guard (0...RemoteRenderingAPI.longestLease).contains(lease) else {
                throw ValidationError("--lease needs a number from 0 to \(RemoteRenderingAPI.longestLease).")
            }
        }

        func run() async throws {
            let client = try remote.client()
            let (name, size, lease) = (id ?? UUID().uuidString.lowercased(), self.size, self.lease)
            let poller = try await Interruption.interruptible {
                try await client.beginRenderingSession(
                    id: name, size: RenderingSessionSize(rawValue: size), leaseTimeMinutes: lease)
            }
            guard wait else { return try remote.output.print(poller.value) }
            try await remote.output.wait(for: poller, within: remote.timeout?.value)
        }
    }

    /// `darkroom remote session list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists sessions that start or run (Azure's own service is retired).",
            discussion: RemoteCommand.retired)

        @OptionGroup var remote: RemoteFlags

        func run() async throws {
            let client = try remote.client()
            try await Interruption.interruptible {
                for try await session in client.renderingSessions() { try remote.output.print(session) }
            }
        }
    }

    /// `darkroom remote session show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Shows a session (Azure's own service is retired).",
            discussion: RemoteCommand.retired)

        @OptionGroup var remote: RemoteFlags

        @Argument(help: ArgumentHelp("The session.", valueName: "id"))
        var id: String

        @Flag(help: "Wait until the session is ready (default: show it as it is).")
        var wait = false

        func run() async throws {
            let (client, id) = (try remote.client(), self.id)
            let poller = try await Interruption.interruptible { try await client.sessionPoller(id: id) }
            guard wait else { return try remote.output.print(poller.value) }
            try await remote.output.wait(for: poller, within: remote.timeout?.value)
        }
    }

    /// `darkroom remote session extend`.
    struct Extend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "extend",
            abstract: "Extends the lease of a session (Azure's own service is retired).",
            discussion: RemoteCommand.retired)

        @OptionGroup var remote: RemoteFlags

        @Argument(help: ArgumentHelp("The session.", valueName: "id"))
        var id: String

        @Option(
            help: ArgumentHelp(
                "The new lease, in minutes from the session's start (default: --by more than now).", valueName: "n"))
        var lease: Int?

        @Option(help: ArgumentHelp("Minutes that the lease becomes longer (default: 10).", valueName: "n"))
        var by = 10

        @Option(
            help: ArgumentHelp(
                "Leave a session alone that has as many minutes or more left (default: extend it anyway).",
                valueName: "n"))
        var whenFewerThan: Int?

        func validate() throws {
            let most = RemoteRenderingAPI.longestLease
            guard (1...most).contains(lease ?? 1), (1...most).contains(by) else {
                throw ValidationError("--lease and --by need numbers from 1 to \(most).")
            }
        }

        func run() async throws {
            let (client, id, by) = (try remote.client(), self.id, self.by)
            let (lease, limit) = (self.lease, whenFewerThan ?? .max)
            let session = try await Interruption.interruptible {
                if let lease { return try await client.updateRenderingSession(id, leaseTimeMinutes: lease) }
                return try await client.extendRenderingSession(id, by: by, whenFewerThan: limit)
            }
            try remote.output.print(session)
        }
    }

    /// `darkroom remote session stop`.
    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop", abstract: "Stops sessions (Azure's own service is retired).",
            discussion: RemoteCommand.retired)

        @OptionGroup var remote: RemoteFlags

        @Argument(help: ArgumentHelp("The sessions.", valueName: "id"))
        var ids: [String]

        func run() async throws {
            let client = try remote.client()
            for id in ids {
                try await Interruption.interruptible { try await client.stopRenderingSession(id) }
                StandardStreams.say("darkroom: \(id) is stopped\n")
            }
        }
    }
}
