// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import HTTPService
import RemoteRendering

/// `darkroom remote conversions`: what became of conversions.
struct RemoteConversionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversions",
        abstract: "Lists the account's conversions, or shows some (Azure's own service is retired).",
        discussion: RemoteCommand.retired)

    @OptionGroup var remote: RemoteFlags

    @Argument(help: ArgumentHelp("Conversions to show (default: all of the account).", valueName: "id"))
    var ids: [String] = []

    @Flag(help: "Wait for each of the named ones to end (default: show them as they are).")
    var wait = false

    func validate() throws {
        if wait, ids.isEmpty { throw ValidationError("--wait needs the ids of conversions.") }
    }

    func run() async throws {
        let client = try remote.client()
        guard !ids.isEmpty else {
            return try await Interruption.interruptible {
                for try await conversion in client.assetConversions() { try remote.output.print(conversion) }
            }
        }
        for id in ids {
            let poller = try await Interruption.interruptible { try await client.conversionPoller(id: id) }
            if wait {
                try await RemoteConvertCommand.wait(for: poller, remote)
            } else {
                try remote.output.print(poller.value)
            }
        }
    }
}
