// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Opens the files of one model within its limits, and counts them.
///
/// Used by one load on one thread.
final class FileAccess {
    private let options: ModelLoader.Options
    /// `Options.roots` with links followed; a folder that is not there allows nothing.
    private let roots: [String]?
    private var counted: Set<String> = []
    private(set) var bytes = 0

    /// How a side file came out.
    enum SideFile {
        /// Found under `path`; `asNamed` is false when it was not quite where the model says.
        case found(path: String, asNamed: Bool)
        case missing
        /// There, but not to be read: a network address, or outside the folders allowed.
        case refused(String)
    }

    init(options: ModelLoader.Options) {
        self.options = options
        roots = options.roots.map { $0.compactMap(FileAccess.resolve) }
    }

    /// Opens a file that a caller named.
    func open(_ path: String) throws(ModelError) -> ReadableFile {
        guard !path.utf8.contains(0), let real = FileAccess.resolve(path) else {
            throw FileAccess.failure(path, errno)
        }
        guard isAllowed(real) else {
            throw ModelError(
                .outsideRoots, "\(path) lies outside the folders that may be read (--root): it is not opened.")
        }
        return try openResolved(real, named: path)
    }

    /// Opens a path that `side(_:in:)` found.
    func openResolved(_ real: String, named name: String) throws(ModelError) -> ReadableFile {
        // O_NONBLOCK: a pipe in the place of a file must not hold the load up for ever.
        let descriptor = Foundation.open(real, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileAccess.failure(name, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            close(descriptor)
            throw ModelError(.unreadable, "\(name) is \(isFolder ? "a folder" : "not a regular file").")
        }
        let file = ReadableFile(descriptor: descriptor, size: Int(status.st_size))
        try count(file.size, of: real, named: name)
        return file
    }

    /// Counts bytes that reach the load by another way than a file.
    func count(_ size: Int, of key: String, named name: String) throws(ModelError) {
        guard counted.insert(key).inserted else { return }
        let (sum, overflow) = bytes.addingReportingOverflow(size)
        guard !overflow, sum <= options.maxBytes else {
            let what = bytes == 0 ? "\(name) has \(size) bytes" : "\(name) brings the model to \(sum) bytes"
            throw ModelError(.limits, "\(what), more than the limit of \(options.maxBytes) (--max-bytes).")
        }
        bytes = sum
    }

    /// Whether a path with links followed lies in one of the roots.
    func isAllowed(_ real: String) -> Bool {
        guard let roots else { return true }
        return roots.contains { $0 == "/" || real == $0 || real.hasPrefix($0 + "/") }
    }

    /// The path with all links followed, or `nil` when there is no such file.
    static func resolve(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static func failure(_ path: String, _ code: Int32) -> ModelError {
        switch code {
        case ENOENT, ENOTDIR: ModelError(.notFound, "\(path) is not there.")
        case EACCES, EPERM: ModelError(.unreadable, "\(path) may not be read by this user.")
        case ELOOP: ModelError(.unreadable, "\(path) is a link that leads in a circle.")
        case ENXIO: ModelError(.unreadable, "\(path) is not a regular file.")
        default: ModelError(.unreadable, "\(path) cannot be opened: \(String(cString: strerror(code))).")
        }
    }
}
