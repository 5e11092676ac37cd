// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finished pictures in the order of their film, all of one format.
public struct FrameSequence: Sendable, Hashable {
    /// What pictures are stored as.
    public enum Format: String, Sendable {
        case png
        case jpeg = "jpg"

        /// Reads a file's ending.
        public init?(path: String) {
            switch URL(fileURLWithPath: path).pathExtension.lowercased() {
            case "png": self = .png
            case "jpg", "jpeg": self = .jpeg
            default: return nil
            }
        }
    }

    /// Files of this machine.
    public var paths: [String]
    public var format: Format

    /// Takes files as they are given, and those of folders in the order of their names, numbers by value.
    ///
    /// - Throws: `PublishError` with `.badFrames` when there is none, one is absent or empty, or formats are mixed.
    public init(_ inputs: [String]) throws(PublishError) {
        var found: [String] = []
        for input in inputs {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
                throw PublishError(.badFrames, "\(input) is not there.")
            }
            found += isFolder.boolValue ? try Self.pictures(of: input) : [input]
        }
        try self.init(files: found)
    }

    private init(files: [String]) throws(PublishError) {
        guard let first = files.first else {
            throw PublishError(
                .badFrames, "There is no picture to publish: give PNG or JPEG files, or a folder of them.")
        }
        guard let format = Format(path: first) else {
            throw PublishError(.badFrames, "\(first) is no PNG or JPEG by its name.")
        }
        if let other = files.first(where: { Format(path: $0) != format }) {
            throw PublishError(.badFrames, "\(other) is not of the format of \(first); a film takes one.")
        }
        for file in files {
            let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0
            guard size > 0 else { throw PublishError(.badFrames, "\(file) is empty.") }
        }
        (paths, self.format) = (files, format)
    }

    private static func pictures(of folder: String) throws(PublishError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { !$0.hasPrefix(".") && Format(path: $0) != nil }
                .sorted { $0.compare($1, options: [.numeric]) == .orderedAscending }
                .map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
        } catch {
            throw PublishError(.badFrames, "\(folder) cannot be read: \(error.localizedDescription)")
        }
    }
}
