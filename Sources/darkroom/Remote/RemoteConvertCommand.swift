// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import HTTPService
import Jobs
import RemoteRendering

/// `darkroom remote convert`: starts a conversion and waits for it.
struct RemoteConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts an asset of a container into another container (Azure's own service is retired).",
        discussion: """
            \(RemoteCommand.retired)

            A conversion that fails ends with exit code \(Jobs.ExitCode.input.rawValue); the same id and settings given \
            again wait for the conversion that is there.
            """)

    @OptionGroup var remote: RemoteFlags

    @Argument(help: ArgumentHelp("The asset's path below the input prefix.", valueName: "path"))
    var asset: String

    @Option(help: ArgumentHelp("Container of the asset, without a query.", valueName: "url"))
    var input: String

    @Option(
        help: ArgumentHelp(
            "What the names of the asset's blobs start with (default: none: the whole container is read).",
            valueName: "prefix"))
    var inputPrefix: String?

    @Option(
        help: ArgumentHelp(
            "A file with a SAS that reads and lists the input (default: $DARKROOM_INPUT_SAS, if set).",
            valueName: "file"))
    var inputSasFile: String?

    @Option(help: ArgumentHelp("Container of the result (default: that of the asset).", valueName: "url"))
    var output: String?

    @Option(help: ArgumentHelp("What the names of the result start with (default: none).", valueName: "prefix"))
    var outputPrefix: String?

    @Option(
        help: ArgumentHelp(
            "The result's name, ending in .arrAsset (default: the asset's, with that ending).", valueName: "name"))
    var outputName: String?

    @Option(
        help: ArgumentHelp(
            "A file with a SAS that writes the output (default: $DARKROOM_OUTPUT_SAS, if set).", valueName: "file"))
    var outputSasFile: String?

    @Option(help: ArgumentHelp("The conversion's id (default: a new UUID).", valueName: "id"))
    var id: String?

    @Flag(inversion: .prefixedNo, help: "Wait until the conversion has ended.")
    var wait = true

    func run() async throws {
        let inputSettings = AssetConversionInputSettings(
            storageContainerURI: input, relativeInputAssetPath: asset, blobPrefix: inputPrefix,
            storageContainerReadListSAS: try SecretSource.find(inputSasFile, "DARKROOM_INPUT_SAS"))
        let outputSettings = AssetConversionOutputSettings(
            storageContainerURI: output ?? input, blobPrefix: outputPrefix, outputAssetFilename: outputName,
            storageContainerWriteSAS: try SecretSource.find(outputSasFile, "DARKROOM_OUTPUT_SAS"))
        let client = try remote.client()
        let name = id ?? UUID().uuidString.lowercased()
        let poller = try await Interruption.interruptible {
            try await client.beginAssetConversion(id: name, input: inputSettings, output: outputSettings)
        }
        guard wait else { return try remote.output.print(poller.value) }
        try await Self.wait(for: poller, remote)
    }

    static func wait(for poller: ConversionPoller, _ remote: RemoteFlags) async throws {
        do {
            try await remote.output.wait(for: poller, within: remote.timeout?.value)
        } catch let error as RemoteRenderingError where error.code == .failed {
            throw CommandFailure(.input, error.message)
        }
    }
}
