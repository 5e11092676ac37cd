// SPDX-License-Identifier: Apache-2.0
import Codecs

/// The folder in which file managers look for thumbnails.
public struct DesktopCache: Sendable, Hashable {
    /// The thumbnails' folder, `~/.cache/thumbnails` where nothing else is said.
    public let folder: String
    /// Where the record of finished work is kept.
    public let ledger: String
    /// The folder of what could not be drawn; others may try where this program failed.
    private let failures: String

    /// Reads `XDG_CACHE_HOME`, `XDG_STATE_HOME` and `HOME` (XDG Base Directory Specification 0.8).
    ///
    /// - Parameter version: the program's version, which stands in the name of the folder of failures.
    /// - Throws: `JobError` of code `environment` when none of them tells where.
    public init(environment: [String: String], version: String) throws(JobError) {
        folder = try Self.base("XDG_CACHE_HOME", ".cache", environment) + "/thumbnails"
        ledger = try Self.base("XDG_STATE_HOME", ".local/state", environment) + "/darkroom/thumbnails/"
        failures = folder + "/fail/darkroom-\(version)"
    }

    private static func base(
        _ name: String, _ usual: String, _ environment: [String: String]
    ) throws(JobError) -> String {
        // Relative paths are to be passed over, says the specification.
        if let folder = environment[name], folder.hasPrefix("/") { return PathName.normalized(folder) }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw JobError(
                .environment, "neither HOME nor \(name) says where thumbnails are kept; set one to a whole path")
        }
        return PathName.join(PathName.normalized(home), usual)
    }

    /// The outputs that put thumbnails of these sizes in their places.
    public func outputs(_ sizes: [DesktopThumbnail.Size]) -> [JobFile.Output] {
        sizes.map { size in
            let base = folder.replacing("{", with: "{{").replacing("}", with: "}}")
            var output = JobFile.Output(path: "\(base)/\(size.rawValue)/{uri}.png")
            output.size = [PictureSize(size.pixels)]
            output.isDesktop = true
            output.compression = .fast
            return output
        }
    }

    /// Where it is noted that a file cannot be drawn.
    func failure(of path: String) -> String { "\(failures)/\(DesktopThumbnail.name(of: path)).png" }
}
