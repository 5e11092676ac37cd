// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// Puts files in place whole or not at all: temporary file, `fsync`, rename, `fsync` of the folder.
enum AtomicFile {
    private static let counter = Atomic<Int>(0)

    /// Writes a file in the place of what was there; folders on the way are made.
    ///
    /// - Parameter isDurable: whether to wait until the disk has it.
    /// - Throws: `FileError`; then nothing is left behind, and what was there before still is.
    static func write(_ bytes: [UInt8], to path: String, isDurable: Bool = true) throws(FileError) {
        guard !bytes.isEmpty else { throw FileError("\(path): refusing to write an empty file") }
        let folder = PathName.folder(path)
        try FileSystem.makeFolders(folder)
        let temporary = PathName.join(folder, temporaryName(PathName.last(path)))
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(path, "write", number: errno) }
        do throws(FileError) {
            try fill(descriptor, bytes, name: path, isDurable: isDurable)
            guard rename(temporary, path) == 0 else { throw FileError(path, "put in place", number: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        if isDurable { sync(folder: folder) }
    }

    /// Writes everything and closes the descriptor in any case.
    private static func fill(_ descriptor: Int32, _ bytes: [UInt8], name: String, isDurable: Bool) throws(FileError) {
        var number = write(all: bytes, to: descriptor)
        if number == 0, isDurable, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { number = errno }
        if close(descriptor) != 0, number == 0 { number = errno }
        if number != 0 { throw FileError(name, "write", number: number) }
    }

    /// Writes all bytes; the system's error number, or 0.
    static func write(all bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if count < 0, errno == EINTR { continue }
                if count < 0 { return errno }
                if count == 0 { return ENOSPC }
                offset += count
            }
            return 0
        }
    }

    /// Makes a rename last; file systems that cannot sync a folder are taken at their word.
    static func sync(folder: String) {
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// A hidden name of bounded length that no other write uses.
    private static func temporaryName(_ name: String) -> String {
        let number = counter.add(1, ordering: .relaxed).newValue
        return ".darkroom-\(getpid())-\(number)-\(Fingerprint(of: Array(name.utf8)).description.prefix(8)).tmp"
    }
}
