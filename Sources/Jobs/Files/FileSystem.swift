// SPDX-License-Identifier: Apache-2.0
import Glibc
import Stores

/// The few file operations that a job needs, with errors that name the file.
enum FileSystem {
    /// What `stat` tells of a file.
    struct Status: Sendable, Hashable {
        var size: Int
        /// Modification time in nanoseconds since 1970.
        var modified: Int
        var isFolder: Bool
        var isFile: Bool
        /// Device and file number: the same for every name of one file.
        var device: UInt64
        var number: UInt64

        /// The status of an object in a store, which has neither time nor number.
        init(object: ObjectState) {
            (size, modified, isFolder, isFile) = (Int(object.length), 0, false, true)
            (device, number) = (0, 0)
        }

        init(size: Int, modified: Int, isFolder: Bool, isFile: Bool, device: UInt64, number: UInt64) {
            (self.size, self.modified, self.isFolder, self.isFile) = (size, modified, isFolder, isFile)
            (self.device, self.number) = (device, number)
        }
    }

    /// The status of a file, links followed; `nil` when there is none.
    static func status(_ path: String) -> Status? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return Status(
            size: Int(info.st_size), modified: info.st_mtim.tv_sec &* 1_000_000_000 &+ info.st_mtim.tv_nsec,
            isFolder: info.st_mode & S_IFMT == S_IFDIR, isFile: info.st_mode & S_IFMT == S_IFREG,
            device: UInt64(info.st_dev), number: UInt64(info.st_ino))
    }

    /// The bytes of a file, at most `limit` of them.
    static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path, "open", number: errno) }
        defer { close(descriptor) }
        return try read(descriptor, name: path, limit: limit)
    }

    /// The first bytes of a file, at most `count` of them.
    static func readHead(_ path: String, count: Int) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path, "open", number: errno) }
        defer { close(descriptor) }
        let size = min(count, status(path)?.size ?? 0)
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let taken = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + filled, size - filled) }
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else { throw FileError(path, "read", number: errno) }
            if taken == 0 { break }
            filled += taken
        }
        bytes.removeLast(size - filled)
        return bytes
    }

    /// All bytes of standard input.
    static func readStandardInput(limit: Int) throws(FileError) -> [UInt8] {
        try read(STDIN_FILENO, name: "standard input", limit: limit)
    }

    private static func read(_ descriptor: Int32, name: String, limit: Int) throws(FileError) -> [UInt8] {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError(name, "read", number: errno) }
        if info.st_mode & S_IFMT == S_IFDIR { throw FileError(name, "read", number: EISDIR) }
        var bytes: [UInt8] = []
        if info.st_size > 0 { bytes.reserveCapacity(min(limit, Int(info.st_size)) + 1) }
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(name, "read", number: errno) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: piece[..<count])
            if bytes.count > limit { throw FileError("\(name): larger than \(limit) bytes") }
        }
    }

    /// Makes a folder and those above it; `mode` is for those that were not there.
    static func makeFolders(_ path: String, mode: mode_t = 0o777) throws(FileError) {
        if path.isEmpty || path == "/" { return }
        if mkdir(path, mode) == 0 { return }
        let number = errno
        switch number {
        case EEXIST:
            guard status(path)?.isFolder == true else { throw FileError(path, "make the folder", number: ENOTDIR) }
        case ENOENT:
            let parent = PathName.folder(path)
            guard parent != path, !parent.isEmpty else { throw FileError(path, "make the folder", number: number) }
            try makeFolders(parent, mode: mode)
            if mkdir(path, mode) != 0, errno != EEXIST { throw FileError(path, "make the folder", number: errno) }
        default:
            if status(path)?.isFolder == true { return }
            throw FileError(path, "make the folder", number: number)
        }
    }
}
