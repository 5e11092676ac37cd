// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `darkroom bench`: how fast renderer, transport and image path are here.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures renderer, transport and image path, stage by stage.")
}
