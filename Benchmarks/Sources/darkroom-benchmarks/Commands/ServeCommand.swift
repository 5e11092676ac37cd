// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `serve`: the worker that a run starts of itself.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Makes calls as standard input asks, one JSON line each.", shouldDisplay: false)

    func run() throws {
        var loop = WorkerLoop()
        try loop.run()
    }
}
