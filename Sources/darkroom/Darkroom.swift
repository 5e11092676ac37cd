// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Jobs

/// The program: a tree of commands that turn flags into values of the rooms below and print what comes back.
@main
struct Darkroom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "darkroom",
        abstract: "Makes finished pictures of 3D scenes on machines without a screen.",
        discussion: """
            Data goes to standard output, everything else to standard error.

            \(ExitTable.text)
            """,
        version: "darkroom \(ProgramVersion.text)",
        subcommands: [
            RenderCommand.self, ThumbnailCommand.self, BackendCommand.self, CompareCommand.self, ConvertCommand.self,
            ImageCommand.self, PublishCommand.self, BenchCommand.self, DoctorCommand.self, ServeCommand.self,
            RemoteCommand.self, FarmAgentCommand.self, SubmitCommand.self, StatusCommand.self, MergeCommand.self,
        ])

    static func main() async {
        StandardStreams.prepare()
        Interruption.ignoreBrokenPipes()
        end(with: await code(of: ProgramArguments.words))
    }

    /// Runs a command line and tells the exit code; what there is to say has been said.
    private static func code(of arguments: [String]) async -> Int32 {
        do {
            // The backend's own parser gets its arguments as they are: they are those of braynsService.
            if arguments.first == BackendCommand.configuration.commandName {
                try await BackendCommand.run(Array(arguments.dropFirst()))
                return 0
            }
            Interruption.install(exitCode: Jobs.ExitCode.interrupted.rawValue)
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error)
        }
    }

    /// Says what an error has to say and gives its exit code.
    private static func report(_ error: any Error) -> Int32 {
        if let code = error as? ArgumentParser.ExitCode { return code.rawValue }
        let parsing = exitCode(for: error)
        if parsing.isSuccess || parsing == .validationFailure {
            let text = fullMessage(for: error)
            guard parsing.isSuccess else {
                StandardStreams.say(text + "\n")
                return Jobs.ExitCode.usage.rawValue
            }
            do {
                try StandardStreams.print(text)
                return 0
            } catch {
                return report(error)
            }
        }
        let blame = Blame(error)
        if !blame.message.isEmpty { StandardStreams.say("darkroom: \(blame.message)\n") }
        return blame.code.rawValue
    }

    /// Ends the process at once: threads of a renderer that is being cancelled may still run.
    private static func end(with code: Int32) -> Never {
        _exit(code)
    }
}
