// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A file on its way down: bytes gather beside their place and are moved there at the end.
package final class DownloadSink {
    /// Bytes that are there.
    package private(set) var count: Int64
    private let place: URL
    private let partial: URL
    private let handle: FileHandle

    /// - Parameter version: of the object; a partial file of another version is not gone on with, but removed.
    package init(_ place: URL, version: String, length: Int64) throws(ServiceError) {
        self.place = place
        let stem = ".\(place.lastPathComponent).part-"
        let mark = version.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let folder = place.deletingLastPathComponent()
        partial = folder.appendingPathComponent(stem + mark)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(stem) && name != stem + mark {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        let descriptor = open(partial.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(partial) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let there = Int64(lseek(descriptor, 0, SEEK_END))
        // Without a version nobody knows what was there.
        count = mark.isEmpty || there > length ? 0 : max(0, there)
        guard ftruncate(descriptor, off_t(count)) == 0, lseek(descriptor, off_t(count), SEEK_SET) >= 0 else {
            throw Self.failure(partial)
        }
    }

    /// Removes what earlier tries have left beside a place.
    package static func clear(_ place: URL) {
        let (folder, stem) = (place.deletingLastPathComponent(), ".\(place.lastPathComponent).part-")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(stem) {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }

    /// Adds bytes behind those that are there.
    package func write(_ bytes: [UInt8]) throws(ServiceError) {
        do {
            try handle.write(contentsOf: bytes)
        } catch {
            throw ServiceError(.file, "\(partial.path) cannot be written: \(error)", underlying: error)
        }
        count += Int64(bytes.count)
    }

    /// Moves the whole file to its place.
    package func finish() throws(ServiceError) {
        guard fsync(handle.fileDescriptor) == 0, rename(partial.path, place.path) == 0 else {
            throw Self.failure(place)
        }
    }

    package func close() { try? handle.close() }

    private static func failure(_ file: URL) -> ServiceError {
        ServiceError(.file, "\(file.path) cannot be written: \(String(cString: strerror(errno))).")
    }
}
