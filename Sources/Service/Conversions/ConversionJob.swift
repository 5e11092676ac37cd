// SPDX-License-Identifier: Apache-2.0
import Conversion
import Foundation
import HTTPService
import JSONRPC
import Jobs
import RemoteRendering
import Rendering

/// Carries out one conversion: fetches the input, converts it in a child process, draws its thumbnail, puts all in place.
struct ConversionJob: Sendable {
    /// How conversions are run.
    struct Options: Sendable {
        /// The program that converts and draws; this one when `nil`.
        var executable: String?
        /// Pixels of the thumbnail's sides; `nil` for none.
        var thumbnailSize: Int? = 512
        var maxBytes = 2 << 30
        var maxTriangles = 50_000_000
        var timeout = Duration.seconds(3600)
        /// Where temporary files go.
        var scratch = NSTemporaryDirectory()
    }

    /// The code of every failure, as the original service gave it.
    private static let failureCode = "ConversionProcessFailed"

    let options: Options
    let locator: StoreLocator

    /// Converts; what goes wrong comes back as the error that clients see.
    ///
    /// - Returns: the asset's address, or the failure.
    func run(_ record: ConversionRecord) async throws -> (output: String?, error: ServiceErrorBody?) {
        let settings = try JSONDecoder().decode(AssetConversionSettings.self, from: record.settings)
        let scratch = (options.scratch as NSString).appendingPathComponent("darkroom-conversion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        do {
            return (try await convert(record, settings, scratch), nil)
        } catch let problem as StorageProblem {
            return (nil, ServiceErrorBody(code: Self.failureCode, message: problem.message))
        } catch let failure as Failure {
            return (nil, ServiceErrorBody(code: Self.failureCode, message: failure.message))
        } catch let error as RendererError {
            return (nil, ServiceErrorBody(code: Self.failureCode, message: error.message))
        }
    }

    private struct Failure: Error {
        var message: String
    }

    private func convert(
        _ record: ConversionRecord, _ settings: AssetConversionSettings, _ scratch: String
    ) async throws -> String {
        let id = record.id
        let (input, output) = (settings.inputLocation, settings.outputLocation)
        let source = try locator.store(
            uri: input.storageContainerUri, signature: input.storageContainerReadListSas, for: .input,
            account: record.account)
        let target = try locator.store(
            uri: output.storageContainerUri, signature: output.storageContainerWriteSas, for: .output,
            account: record.account)
        let folder = try await source.fetch(prefix: input.blobPrefix ?? "", into: scratch + "/input")
        let model = try FolderStore.path(of: input.relativeInputAssetPath, in: folder)
        let place = Self.slashed(output.blobPrefix)
        let (stem, name) = (settings.inputStem, settings.outputName)
        let files = (glb: scratch + "/out.glb", info: scratch + "/info.json", result: scratch + "/result.json")
        let run = try await ProgramRun.run(
            options.executable,
            [
                "convert", model, "--output", files.glb, "--info", files.info, "--result", files.result, "--id", id,
                "--root", folder, "--max-bytes", String(options.maxBytes), "--max-triangles",
                String(options.maxTriangles),
            ], within: options.timeout)
        if !FileManager.default.fileExists(atPath: files.result) {
            // A crash leaves no word of its own.
            let outcome = ConversionReport.result(id: id, failure: "The converter \(run.ending).")
            try Data(outcome.serialized().utf8).write(to: URL(fileURLWithPath: files.result))
        }
        try await target.put(file: files.result, as: "\(place)\(stem).result.json", contentType: "application/json")
        if run.code == ExitCode.environment.rawValue {
            // No space, no permission: not the asset's fault, and for the log.
            throw HostError(.environment, "the converter \(run.ending): \(run.lastLines.last ?? "")")
        }
        guard run.code == 0 else {
            throw Failure(
                message: "Invalid input provided. Check \(stem).result.json in the output container for details.")
        }
        try await target.put(file: files.info, as: "\(place)\(stem).info.json", contentType: "application/json")
        try await draw(model, to: target, as: place + Self.stem(name), scratch)
        try await target.put(
            file: files.glb, as: "\(place)\(Self.stem(name)).glb", contentType: "model/gltf-binary")
        try await target.put(file: files.glb, as: place + name, contentType: "application/octet-stream")
        return Self.slashed(output.storageContainerUri) + place + name
    }

    /// Draws the asset; a picture that cannot be had is told beside it and fails nothing.
    private func draw(_ model: String, to target: any AssetStore, as name: String, _ scratch: String) async throws {
        guard let size = options.thumbnailSize else { return }
        let picture = scratch + "/thumbnail.png"
        let run = try await ProgramRun.run(
            options.executable,
            [
                "thumbnail", model, "--output", picture, "--size", String(size), "--progress", "none", "--ledger",
                scratch + "/ledger", "--jobs", "1",
            ], within: options.timeout)
        if run.code == 0, FileManager.default.fileExists(atPath: picture) {
            try await target.put(file: picture, as: "\(name).png", contentType: "image/png")
        } else {
            let reason = (run.lastLines.last.map { "\($0)\n" } ?? "The renderer \(run.ending).\n")
                .replacing(scratch, with: "").replacing(model, with: (model as NSString).lastPathComponent)
            let note = scratch + "/thumbnail.txt"
            try Data(reason.utf8).write(to: URL(fileURLWithPath: note))
            try await target.put(file: note, as: "\(name).png.failed.txt", contentType: "text/plain")
        }
    }

    private static func slashed(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "" }
        return text.hasSuffix("/") ? text : text + "/"
    }

    private static func stem(_ name: String) -> String { (name as NSString).deletingPathExtension }
}
