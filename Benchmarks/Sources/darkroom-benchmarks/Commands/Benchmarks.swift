// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "darkroom-benchmarks",
        abstract: "Measures Darkroom's libraries against others, in turns within one run.",
        subcommands: [RunCommand.self, TableCommand.self, ModelsCommand.self, FramesCommand.self, ServeCommand.self])
}
