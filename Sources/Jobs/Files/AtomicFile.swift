// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// Puts files in place whole or not at all: temporary file, `fsync`, rename, `fsync` of the folder.
package enum AtomicFile {
    private static let counter = Atomic<Int>(0)

    /// Writes a file in the place of what was there; folders on the way are made.
    ///
    /// - Parameters:
    ///   - isDurable: whether to wait until the disk has it.
    ///   - isPrivate: whether the file, and folders made on the way, are for the owner alone.
    /// - Throws: `FileError`; then nothing is left behind, and what was there before still is.
    package static func write(
        _ bytes: [UInt8], to path: String, isDurable: Bool = true, isPrivate: Bool = false
    ) throws(FileError) {
        guard !bytes.isEmpty else { throw FileError("\(path): refusing to write an empty file") }
        let folder = PathName.folder(path)
        try FileSystem.makeFolders(folder, mode: isPrivate ? 0o700 : 0o777)
        let (descriptor, temporary) = try openTemporary(for: path, in: folder)
        // The lock that comes with the descriptor must last until the file has its final name.
        defer { close(descriptor) }
        do throws(FileError) {
            if isPrivate, fchmod(descriptor, 0o600) != 0 { throw FileError(path, "make private", number: errno) }
            try fill(descriptor, bytes, name: path, isDurable: isDurable)
            guard rename(temporary, path) == 0 else { throw FileError(path, "put in place", number: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        if isDurable { sync(folder: folder) }
    }

    /// Writes everything, down to the disk where that is asked.
    private static func fill(_ descriptor: Int32, _ bytes: [UInt8], name: String, isDurable: Bool) throws(FileError) {
        var number = write(all: bytes, to: descriptor)
        if number == 0, isDurable, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { number = errno }
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

    /// Opens the temporary file of a path.
    ///
    /// Its hidden name follows from the path's, so that what a killed run left behind is used up by the next one; a
    /// lock tells such a leftover from the file of a run that lives, beside which another name is taken.
    private static func openTemporary(for path: String, in folder: String) throws(FileError) -> (Int32, String) {
        let hash = Fingerprint(of: Array(PathName.last(path).utf8)).description.prefix(16)
        let usual = PathName.join(folder, ".darkroom-\(hash).tmp")
        let descriptor = open(usual, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(path, "write", number: errno) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
            var (opened, named) = (stat(), stat())
            // Between open and lock another run may have put the file in place: then the name is no longer this file's.
            if fstat(descriptor, &opened) == 0, stat(usual, &named) == 0, opened.st_ino == named.st_ino,
                opened.st_dev == named.st_dev, ftruncate(descriptor, 0) == 0
            {
                return (descriptor, usual)
            }
        }
        close(descriptor)
        let number = counter.add(1, ordering: .relaxed).newValue
        let own = PathName.join(folder, ".darkroom-\(getpid())-\(number)-\(hash.prefix(8)).tmp")
        let other = open(own, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard other >= 0 else { throw FileError(path, "write", number: errno) }
        return (other, own)
    }
}
