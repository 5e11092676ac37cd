// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder of this machine that stands for a container.
struct FolderStore: AssetStore {
    let folder: String

    /// A folder may still be filled before the conversion's turn comes.
    func checkReadable() async throws {}

    func fetch(prefix: String, into scratch: String) async throws -> String {
        let path = try Self.path(of: prefix, in: folder)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw StorageProblem(message: "There is nothing below \"\(prefix)\" in the input container.")
        }
        return path
    }

    func put(file: String, as name: String, contentType: String) async throws {
        let target = URL(fileURLWithPath: try Self.path(of: name, in: folder))
        let temporary = target.deletingLastPathComponent().appendingPathComponent(
            ".\(target.lastPathComponent).\(UUID().uuidString).part")
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: URL(fileURLWithPath: file), to: temporary)
            let handle = try FileHandle(forWritingTo: temporary)
            try handle.synchronize()
            try handle.close()
            // One step, so that a reader sees the old file or the new one.
            guard rename(temporary.path, target.path) == 0 else {
                throw StorageProblem(message: String(cString: strerror(errno)))
            }
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw StorageProblem(
                message: "\"\(name)\" cannot be written into the output container: \(error.localizedDescription)")
        }
    }

    /// A name of the container as a path, which cannot lead out of the folder.
    static func path(of name: String, in folder: String) throws -> String {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.allSatisfy({ $0 != ".." && $0 != "." && !$0.utf8.contains(0) }) else {
            throw StorageProblem(message: "\"\(name)\" is no name of a blob: it leads out of its container.")
        }
        return ([folder] + parts).joined(separator: "/")
    }
}
