// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Jobs

/// Which files `thumbnail` draws.
struct SelectionFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take files of a folder that match; may be given several times (default: \(JobFile.Sources.defaultInclude.joined(separator: " "))).",
            valueName: "glob"))
    var include: [String] = []

    @Option(
        help: ArgumentHelp("Leave files that match; may be given several times (default: none).", valueName: "glob"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp("Read the paths from a file, one a line, or - for standard input.", valueName: "file|-"))
    var filesFrom: String?

    @Flag(name: .customShort("0"), help: "Paths of --files-from are parted by NUL (default: told by the file).")
    var isNulSeparated = false

    @Option(
        help: ArgumentHelp(
            """
            What to do with formats that cannot be drawn (default: auto: skip in folders, fail for files named \
            one by one).
            """))
    var unsupported: JobFile.Sources.Unsupported?

    @Option(help: ArgumentHelp("What to do when textures or other side files are missing (default: warn)."))
    var missingFiles: JobFile.Sources.MissingFiles?

    func validate() throws {
        if isNulSeparated, filesFrom == nil { throw ValidationError("-0 needs --files-from.") }
    }

    /// Whether a path is to be searched: a folder, or an address in a store that ends like none of a file.
    static func isFolder(_ path: String) -> Bool {
        if StoredFiles.holds(path) {
            return !(path.split(separator: "/").last ?? "").contains(".") || path.hasSuffix("/")
        }
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Puts what was given into a job.
    ///
    /// One folder alone becomes the root that `{rel}` is relative to.
    func apply(paths: [String], to job: inout JobFile) {
        if paths.count == 1, let folder = paths.first, Self.isFolder(folder) {
            job.sources.root = folder
        } else {
            job.sources.paths = paths
        }
        job.sources.list = filesFrom
        if !include.isEmpty { job.sources.include = include }
        job.sources.exclude = exclude
        if let unsupported { job.sources.unsupported = unsupported }
        if let missingFiles { job.sources.missingFiles = missingFiles }
    }
}
