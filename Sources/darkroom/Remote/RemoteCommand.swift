// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs

/// `darkroom remote`: conversions and sessions of a service that speaks the API of Azure Remote Rendering.
struct RemoteCommand: AsyncParsableCommand {
    /// What every help text of these commands says first.
    static let retired =
        "Azure Remote Rendering itself was retired by Microsoft on 30 September 2025; this speaks to any service that "
        + "answers its REST API, version 2021-01-01."

    static let configuration = CommandConfiguration(
        commandName: "remote",
        abstract: "Asks a service with the API of Azure Remote Rendering (retired) for conversions and sessions.",
        discussion: """
            \(retired)

            What this is for: pipelines that were written for Azure's service, against one that answers in its place, \
            such as darkroom serve --remote-rendering.

            Results are lines on standard output, with --json objects as the service gives them. Keys, tokens and SAS come from the environment or \
            from files, never from the command line, which every user of a machine can read.

            \(ExitTable.text)
            """,
        subcommands: [RemoteConvertCommand.self, RemoteConversionsCommand.self, RemoteSessionCommand.self])
}
