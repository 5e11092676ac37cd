// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A file on its way up, read piece by piece.
package final class UploadSource {
    /// Bytes.
    package let length: Int64
    private let handle: FileHandle
    private let path: String
    private let modified: timespec

    package init(_ file: URL) throws(ServiceError) {
        path = file.path
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ServiceError(.file, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        self.handle = handle
        var status = stat()
        guard fstat(handle.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ServiceError(.file, "\(path) is no file.")
        }
        (length, modified) = (Int64(status.st_size), status.st_mtim)
    }

    /// The next bytes, all of them.
    package func read(_ count: Int) throws(ServiceError) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            while bytes.count < count, let more = try handle.read(upToCount: count - bytes.count), !more.isEmpty {
                bytes += more
            }
        } catch {
            throw ServiceError(.file, "\(path) cannot be read: \(error)", underlying: error)
        }
        guard bytes.count == count else { throw ServiceError(.file, "\(path) became shorter while it was read.") }
        return bytes
    }

    /// - Throws: `ServiceError` with `.file` when the file is no longer the one that was opened.
    package func checkUnchanged() throws(ServiceError) {
        var status = stat()
        guard fstat(handle.fileDescriptor, &status) == 0, Int64(status.st_size) == length,
            status.st_mtim.tv_sec == modified.tv_sec, status.st_mtim.tv_nsec == modified.tv_nsec
        else { throw ServiceError(.file, "\(path) was changed while it was sent; what was there was left as it was.") }
    }

    package func close() { try? handle.close() }
}
