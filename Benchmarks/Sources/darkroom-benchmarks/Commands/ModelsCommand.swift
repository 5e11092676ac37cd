// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `models`: what frames are drawn of.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Writes the models that frames and thumbnails are made of.")

    @Argument(help: ArgumentHelp("The folder; models that are there are left.", valueName: "folder"))
    var folder: String

    func run() throws { try ModelFolder.fill(folder) }
}
