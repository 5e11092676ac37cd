// SPDX-License-Identifier: Apache-2.0
import Glibc
import Stores

/// Finds the model files of a job.
struct SourceSearch {
    var sources: JobFile.Sources
    /// What stands for `-` in `list`.
    var standardInput: () throws(FileError) -> [UInt8] = { () throws(FileError) in
        try FileSystem.readStandardInput(limit: 1 << 30)
    }

    /// What is known of the stores that sources may lie in.
    var stored: StoredFiles?

    var found: [SourceFile] = []
    var rejected: [RejectedSource] = []
    var include: [Glob] = []
    var exclude: [Glob] = []
    var takesHidden = false

    init(_ sources: JobFile.Sources) {
        self.sources = sources
        include = sources.include.map { Glob($0) }
        exclude = sources.exclude.map { Glob($0) }
        takesHidden = include.contains { $0.namesHidden }
    }

    /// Fills `found`, sorted by name, each file once, and `rejected`.
    ///
    /// - Throws: `JobError` when the root or the list is not there.
    mutating func run() throws(JobError) {
        if sources.paths.isEmpty, sources.list == nil {
            if StoredFiles.holds(sources.root) {
                walkStore(sources.root, rel: "")
            } else {
                guard FileSystem.status(sources.root)?.isFolder == true else {
                    throw JobError(.input, "\(sources.root): no such folder; name one with sources.root")
                }
                walk(sources.root, rel: "", above: [])
            }
        }
        for path in sources.paths { take(path) }
        if let list = sources.list { for path in try names(in: list) { take(path) } }
        var seen: Set<String> = []
        found.sort { Array($0.rel.utf8).lexicographicallyPrecedes(Array($1.rel.utf8)) }
        found.removeAll { !seen.insert(PathName.normalized($0.path)).inserted }
    }

    private mutating func take(_ path: String) {
        if StoredFiles.holds(path) { return takeStored(path) }
        guard let status = FileSystem.status(path) else {
            rejected.append(RejectedSource(name: path, cause: "\(path): no such file or folder"))
            return
        }
        if status.isFolder {
            let before = found.count
            walk(path, rel: relative(path), above: [])
            if found.count == before {
                rejected.append(
                    RejectedSource(name: path, cause: "\(path): no file in this folder fits sources.include"))
            }
        } else {
            found.append(SourceFile(path: path, rel: relative(path), isNamed: true))
        }
    }

    /// The path below the root; outside of it, the path without what leads upwards.
    func relative(_ path: String) -> String {
        if let address = try? StoreAddress(path) {
            let start = ObjectName.folder(sources.root)
            if StoredFiles.holds(start), path.hasPrefix(start) { return String(path.dropFirst(start.count)) }
            return "\(address.container)/\(address.name)"
        }
        let (path, root) = (PathName.normalized(path), PathName.normalized(sources.root))
        if path == root { return "" }
        if !root.isEmpty, path.hasPrefix(root + "/") { return String(path.dropFirst(root.count + 1)) }
        return path.split(separator: "/").filter { $0 != ".." }.joined(separator: "/")
    }

    private func names(in list: String) throws(JobError) -> [String] {
        do throws(FileError) {
            let bytes = try list == "-" ? standardInput() : FileSystem.read(list, limit: 1 << 30)
            return JobFile.Sources.names(in: bytes)
        } catch {
            throw JobError(.input, "sources.list: \(error.message)", underlying: error)
        }
    }

    /// Goes through a folder; `above` holds the folders that lead here, so that a link back ends.
    private mutating func walk(_ folder: String, rel: String, above: [FileSystem.Status]) {
        guard let status = FileSystem.status(folder),
            !above.contains(where: { $0.device == status.device && $0.number == status.number })
        else { return }
        guard let stream = opendir(folder) else {
            let cause = FileError(folder, "read the folder", number: errno)
            rejected.append(RejectedSource(name: folder, cause: cause.message))
            return
        }
        defer { closedir(stream) }
        var folders: [(path: String, rel: String)] = []
        while let entry = readdir(stream) {
            let type = entry.pointee.d_type
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                bytes.prefix { $0 != 0 }.map { $0 }
            }
            if name == [46] || name == [46, 46] || name.first == 46 && !takesHidden { continue }
            guard let text = String(validating: name, as: UTF8.self) else {
                let shown = PathName.join(folder, String(decoding: name, as: UTF8.self))
                rejected.append(RejectedSource(name: shown, cause: "\(shown): the name is not UTF-8; rename the file"))
                continue
            }
            let (path, below) = (PathName.join(folder, text), rel.isEmpty ? text : rel + "/" + text)
            var isFolder = type == UInt8(DT_DIR)
            if type == UInt8(DT_LNK) || type == UInt8(DT_UNKNOWN) {
                isFolder = FileSystem.status(path)?.isFolder ?? false
            }
            if isFolder {
                if !exclude.contains(where: { $0.coversFolder(below) }) { folders.append((path, below)) }
            } else if include.contains(where: { $0.matches(below) }), !exclude.contains(where: { $0.matches(below) }) {
                found.append(SourceFile(path: path, rel: below))
            }
        }
        for next in folders { walk(next.path, rel: next.rel, above: above + [status]) }
    }
}
