// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Looks at the models of folders, each with its side files, as they stand.
package struct FolderScan {
    /// What tells one state of a file from another.
    fileprivate struct Mark: Hashable, Sendable {
        var size: Int
        var modified: Int
        /// Changes when a file is renamed into place or its time is set back.
        var changed: Int
        var number: UInt64

        init?(_ path: String) {
            var info = stat()
            guard stat(path, &info) == 0 else { return nil }
            (size, number) = (Int(info.st_size), UInt64(info.st_ino))
            modified = info.st_mtim.tv_sec &* 1_000_000_000 &+ info.st_mtim.tv_nsec
            changed = info.st_ctim.tv_sec &* 1_000_000_000 &+ info.st_ctim.tv_nsec
        }
    }

    /// A model and its side files; two that are equal were not touched in between.
    package struct State: Hashable, Sendable {
        /// The model's own first; `nil` for a side file that is not there.
        fileprivate var marks: [Mark?]
    }

    private let sources: JobFile.Sources
    /// What each model names, read again only when the model has changed.
    private var sideFiles: [String: (mark: Mark, names: [String])] = [:]

    package init(_ sources: JobFile.Sources) { self.sources = sources }

    /// How every model stands, by its path.
    ///
    /// - Throws: `JobError` when the folder is gone.
    package mutating func look() throws(JobError) -> [String: State] {
        var search = SourceSearch(sources)
        try search.run()
        var states: [String: State] = [:]
        var known: [String: (mark: Mark, names: [String])] = [:]
        for source in search.found {
            // An empty file is one that is about to be written.
            guard let mark = Mark(source.path), mark.size > 0 else { continue }
            let names: [String]
            if let before = sideFiles[source.path], before.mark == mark {
                names = before.names
            } else {
                names = SideFiles.names(of: source.path)
            }
            known[source.path] = (mark, names)
            states[source.path] = State(marks: [mark] + names.map { Mark(SideFiles.resolve($0, beside: source.path)) })
        }
        sideFiles = known
        return states
    }
}
