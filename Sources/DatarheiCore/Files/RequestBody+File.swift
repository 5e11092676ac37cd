// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import HTTPService

extension RequestBody {
    /// Bytes of a file that are in memory at once.
    private static let pieceSize = 256 << 10

    /// Files one after the other, read piece by piece while they are sent.
    ///
    /// - Throws: `ServiceError` with `.file` for what is no file that can be read.
    public static func files(_ paths: [String]) throws(ServiceError) -> RequestBody {
        var length: Int64 = 0
        for path in paths {
            var status = stat()
            guard stat(path, &status) == 0 else {
                throw ServiceError(.file, "\(path) cannot be read: \(String(cString: strerror(errno))).")
            }
            guard status.st_mode & S_IFMT == S_IFREG else { throw ServiceError(.file, "\(path) is no file.") }
            length += Int64(status.st_size)
        }
        return .stream(length: length) {
            let reader = Reader(paths)
            return AsyncThrowingStream { try reader.next() }
        }
    }

    /// Reads the files of one try; only the task that sends asks it.
    private final class Reader: @unchecked Sendable {
        private var paths: ArraySlice<String>
        private var handle: FileHandle?

        init(_ paths: [String]) { self.paths = paths[...] }

        func next() throws -> [UInt8]? {
            while true {
                if handle == nil {
                    guard let path = paths.popFirst() else { return nil }
                    handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
                }
                if let piece = try handle?.read(upToCount: RequestBody.pieceSize), !piece.isEmpty {
                    return [UInt8](piece)
                }
                try handle?.close()
                handle = nil
            }
        }
    }
}
