// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Logging
import RemoteRendering

/// What `darkroom remote` is told about the service, and how to speak of it.
struct RemoteFlags: ParsableArguments {
    @OptionGroup var access: RemoteAccountFlags

    @Option(
        help: ArgumentHelp("Certificates, in PEM, to trust beside the system's (default: none).", valueName: "file"))
    var ca: String?

    @Option(
        help: ArgumentHelp("Wait between two looks at something pending (default: 5s).", valueName: "time"),
        transform: FlagValue.duration)
    var interval: Setting<Duration>?

    @Option(
        help: ArgumentHelp(
            "Longest wait for something pending; then exit code 75 (default: none).", valueName: "time"),
        transform: FlagValue.duration)
    var timeout: Setting<Duration>?

    @Flag(help: "Print one JSON object a line, as the service gives them (default: a line for people).")
    var json = false

    @Option(help: "Talk on standard error: trace, debug, info, notice, warning, error or critical (default: notice).")
    var logLevel: Logger.Level = .notice

    @Option(help: "How to talk: lines of text, or json, one object a line.")
    var logFormat = LogFormat.text

    var output: RemoteOutput { RemoteOutput(isJSON: json) }

    /// The client that all of this amounts to.
    func client() throws -> RemoteRenderingClient {
        try access.client(
            authorityFile: ca, interval: interval?.value, logger: TalkLog.logger(logLevel, format: logFormat))
    }
}
