// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Writes pictures where requests want them.
struct OutputFile: Sendable {
    /// Folders that may be written to, links followed; any when `nil`.
    var roots: [String]?

    /// What follows the last dot of the file's name, in lower case; empty when there is none.
    static func fileExtension(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// Puts a whole file in place, or none: written beside it, then renamed.
    func write(_ bytes: [UInt8], to path: String) throws(RPCFailure) {
        guard isAllowed(path) else {
            throw .internalError("Cannot write file '\(path)': it lies outside the folders given by --root")
        }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .internalError("Cannot write file '\(path)'")
        }
    }

    private func isAllowed(_ path: String) -> Bool {
        guard let roots else { return true }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().resolvingSymlinksInPath().path
        return roots.contains { root in
            let root = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
            return folder == root || folder.hasPrefix(root.hasSuffix("/") ? root : root + "/")
        }
    }
}
