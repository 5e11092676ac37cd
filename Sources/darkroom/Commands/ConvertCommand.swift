// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Conversion
import Foundation
import JSONRPC
import Jobs
import Models

/// `darkroom convert`: a model or point cloud as binary glTF.
struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts a model or a point cloud into binary glTF (GLB).",
        discussion: """
            Takes FBX, glTF and GLB, and points as PLY and XYZ, with the conversion settings that Azure Remote \
            Rendering had: MODEL.ConversionSettings.json beside the model, unless --settings names another file.

            \(ExitTable.text)
            """)

    @Argument(help: ArgumentHelp("The model or point cloud.", valueName: "model"))
    var model: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The GLB file to write.", valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp("Conversion settings (default: those beside the model, if any).", valueName: "file"))
    var settings: String?

    @Option(help: ArgumentHelp("Write counts and bounds as JSON (default: none).", valueName: "file"))
    var info: String?

    @Option(
        help: ArgumentHelp(
            "Write the outcome with its warnings as JSON, of failures too (default: none).", valueName: "file"))
    var result: String?

    @Option(help: ArgumentHelp("Name of the conversion in --result (default: the model's).", valueName: "name"))
    var id: String?

    @Option(
        help: ArgumentHelp(
            "Folder that the model and its side files must lie in; repeatable (default: anywhere).", valueName: "folder"
        ))
    var root: [String] = []

    @Option(help: ArgumentHelp("Bytes of the model with its side files.", valueName: "bytes"))
    var maxBytes = 2 << 30

    @Option(help: ArgumentHelp("Triangles of the model.", valueName: "count"))
    var maxTriangles = 50_000_000

    func validate() throws {
        guard maxBytes > 0, maxTriangles > 0 else { throw ValidationError("Limits are numbers above zero.") }
    }

    func run() async throws {
        let name = id ?? URL(fileURLWithPath: model).lastPathComponent
        do throws(ConversionError) {
            let settings = try chosenSettings()
            let loading = ModelLoader.Options(
                roots: root.isEmpty ? nil : root, maxBytes: maxBytes, maxTriangles: maxTriangles)
            let asset = try AssetConverter(loading: loading).convert(path: model, settings: settings)
            for sentence in asset.warnings { StandardStreams.say("darkroom: \(sentence)\n") }
            for file in asset.missingFiles { StandardStreams.say("darkroom: missing file \(file)\n") }
            try write(asset, settings, name)
        } catch {
            try write(result, ConversionReport.result(id: name, failure: error.message))
            throw error
        }
    }

    private func chosenSettings() throws(ConversionError) -> ConversionSettings {
        guard let settings else { return try AssetConverter.settings(beside: model) }
        let bytes: [UInt8]
        do throws(CommandFailure) { bytes = try FileReading.bytes(of: settings) } catch {
            throw ConversionError(.badSettings, error.message, underlying: error)
        }
        return try ConversionSettings(json: bytes, shown: settings)
    }

    private func write(
        _ asset: ConvertedAsset, _ settings: ConversionSettings, _ name: String
    ) throws(ConversionError) {
        do throws(CommandFailure) {
            try FileWriting.replace(output, with: asset.glb)
            try write(
                info,
                ConversionReport.info(
                    input: URL(fileURLWithPath: model).lastPathComponent,
                    output: URL(fileURLWithPath: output).lastPathComponent, version: ProgramVersion.text,
                    settings: settings, asset))
            try write(result, ConversionReport.result(id: name, asset))
        } catch {
            throw ConversionError(.unwritable, error.message, underlying: error)
        }
    }

    private func write(_ path: String?, _ value: JSONValue) throws(CommandFailure) {
        guard let path else { return }
        try FileWriting.replace(path, with: Array((value.serialized() + "\n").utf8))
    }
}
