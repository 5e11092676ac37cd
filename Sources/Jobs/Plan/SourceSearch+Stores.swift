// SPDX-License-Identifier: Apache-2.0
import Stores

extension SourceSearch {
    /// Takes an object, or all below it as if it were a folder.
    mutating func takeStored(_ path: String) {
        if stored?.known(path) != nil {
            found.append(SourceFile(path: path, rel: relative(path), isNamed: true))
            return
        }
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        if stored?.objects(below: folder).isEmpty ?? true {
            rejected.append(RejectedSource(name: path, cause: "\(path): no such object, and none below it"))
            return
        }
        let before = found.count
        walkStore(folder, rel: relative(folder))
        if found.count == before {
            rejected.append(
                RejectedSource(name: path, cause: "\(path): no object in this folder fits sources.include"))
        }
    }

    /// Goes through the objects below a folder by the rules that hold for files.
    mutating func walkStore(_ folder: String, rel: String) {
        let start = ObjectName.folder(folder)
        for path in stored?.objects(below: folder) ?? [] {
            let name = String(path.dropFirst(start.count))
            let below = rel.isEmpty ? name : "\(rel)/\(name)"
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
            if !takesHidden, parts.contains(where: { $0.first == "." && $0 != "." && $0 != ".." }) { continue }
            guard include.contains(where: { $0.matches(below) }), !exclude.contains(where: { $0.matches(below) }),
                !isInExcludedFolder(below)
            else { continue }
            do throws(StoreError) {
                _ = try ObjectName.path(of: name, in: "")
                found.append(SourceFile(path: path, rel: below))
            } catch {
                rejected.append(RejectedSource(name: path, cause: "\(path): \(JobError.clause(error.message))"))
            }
        }
    }

    private func isInExcludedFolder(_ name: String) -> Bool {
        var folder = PathName.folder(name)
        while !folder.isEmpty, folder != "/" {
            if exclude.contains(where: { $0.coversFolder(folder) }) { return true }
            folder = PathName.folder(folder)
        }
        return false
    }
}
