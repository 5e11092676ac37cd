// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import HTTPService
import Rendering
import Service

/// How `serve` takes captures.
struct CaptureFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Folder that stages and models may be read from; repeatable, relative paths are below the first (default: the working folder).",
            valueName: "folder"))
    var root: [String] = []

    @Option(help: ArgumentHelp("Folder of the finished pictures.", valueName: "folder"))
    var pictures = "captures"

    @Option(help: ArgumentHelp("What the API's paths begin with, such as viewport.capture.", valueName: "prefix"))
    var prefix = ""

    @Option(help: ArgumentHelp("Captures drawn at once, each by a renderer of its own.", valueName: "count"))
    var workers = 1

    @Option(help: ArgumentHelp("Captures that may wait; more are answered with 429.", valueName: "count"))
    var queue = 100

    @Option(help: ArgumentHelp("Finished captures that are kept.", valueName: "count"))
    var keep = 10_000

    @Option(
        help: ArgumentHelp(
            "The Python whose usd-core reads USD stages (default: $DARKROOM_PYTHON, else python3).",
            valueName: "program"))
    var python: String?

    @Option(
        help: ArgumentHelp("File of tokens, one a line; one of them has to come as bearer token.", valueName: "file"))
    var tokens: String?

    func check() throws {
        guard workers > 0, queue > 0, keep > 0 else {
            throw ValidationError("--workers, --queue and --keep need numbers above zero.")
        }
    }

    /// - Throws: `HostError` for a prefix, folder or file that cannot be used.
    func options(database: String) throws -> CaptureOptions {
        var serving = CaptureOptions(
            roots: try (root.isEmpty ? ["."] : root).map(Self.folder), pictures: pictures)
        (serving.database, serving.workers) = (database, workers)
        (serving.queueLength, serving.keptCaptures) = (queue, keep)
        serving.prefix = try CaptureOptions.prefix(prefix)
        serving.python = python
        if let tokens { serving.tokens = try Self.tokens(tokens) }
        var embedded = BackendChoice.EmbeddedOptions(children: 1)
        embedded.maxPixels = serving.maxPixels
        embedded.roots = serving.roots
        serving.backend = .embedded(embedded)
        return serving
    }

    /// A folder's whole path.
    private static func folder(_ path: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw HostError(.configuration, "--root \(path) is no folder.")
        }
        return URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private static func tokens(_ path: String) throws -> [Secret] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw HostError(.configuration, "The file of tokens \(path) cannot be read.")
        }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        let tokens = lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard !tokens.isEmpty, tokens.allSatisfy({ $0.utf8.count >= 16 }) else {
            throw HostError(
                .configuration, "The file of tokens \(path) needs tokens of at least 16 characters, one a line.")
        }
        return tokens.map { Secret($0) }
    }
}
