// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads whole files for the loaders that take them apart themselves, all within the limits of one load.
///
/// Used by one load on one thread.
package final class ModelFiles {
    private let access: FileAccess

    package init(options: ModelLoader.Options = .init()) { access = FileAccess(options: options) }

    /// All bytes of a file.
    package func bytes(_ path: String) throws(ModelError) -> [UInt8] { try access.open(path).contents() }

    /// A file's text; bytes that are no UTF-8 are replaced.
    package func text(_ path: String) throws(ModelError) -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The file's real path, for libraries that open it themselves; it is checked and counted like any other.
    package func resolved(_ path: String) throws(ModelError) -> String {
        _ = try access.open(path)
        guard let real = FileAccess.resolve(path) else { throw ModelError(.notFound, "\(path) is not there.") }
        return real
    }

    /// A path as a file names it: from the file's own folder unless it begins at the root.
    package static func path(_ name: String, beside file: String) -> String {
        if name.hasPrefix("/") { return name }
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        return folder + name
    }
}
