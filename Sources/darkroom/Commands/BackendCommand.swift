// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BraynsServer
import Jobs
import Logging

/// `darkroom backend`: the built-in renderer behind Brayns' protocol.
///
/// Its command line is that of `braynsService`, read by the server's own parser; the parser of the other
/// commands never sees it.
struct BackendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backend",
        abstract: "Serves the built-in renderer to Brayns' clients; takes the command line of braynsService.")

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() async throws { try await Self.run(arguments) }

    static func run(_ arguments: [String]) async throws {
        let options: BraynsServerOptions
        do {
            options = try BraynsServerOptions(braynsArguments: arguments)
        } catch {
            if error.code == .help { return try StandardStreams.print(error.message) }
            // Launchers of braynsService know 1 as its answer to a bad command line.
            StandardStreams.say("darkroom backend: \(error.message)\n")
            throw ArgumentParser.ExitCode(1)
        }
        do {
            try await BraynsServer(options: options).run()
        } catch {
            throw error
        }
    }
}
