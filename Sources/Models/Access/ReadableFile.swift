// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An open file, or bytes in memory, with a place from which the next bytes are read.
final class ReadableFile {
    private enum Source {
        case descriptor(Int32)
        case memory([UInt8])
    }

    private let source: Source
    /// The file's size when it was opened.
    let size: Int
    /// Where the next read starts; may lie behind the end.
    private(set) var position = 0

    init(descriptor: Int32, size: Int) {
        (source, self.size) = (.descriptor(descriptor), size)
    }

    init(bytes: [UInt8]) {
        (source, size) = (.memory(bytes), bytes.count)
    }

    deinit {
        if case .descriptor(let descriptor) = source { close(descriptor) }
    }

    /// Fills the buffer as far as the file goes and moves on.
    /// - Returns: how many bytes there were.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let done = read(into: buffer, at: position)
        position += done
        return done
    }

    /// Fills the buffer from a place as far as the file goes, without moving; several threads may do so at once.
    /// - Returns: how many bytes there were.
    func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) -> Int {
        let wanted = min(buffer.count, max(0, size - position))
        guard wanted > 0, let start = buffer.baseAddress else { return 0 }
        var done = 0
        switch source {
        case .memory(let bytes):
            bytes.withUnsafeBytes { start.copyMemory(from: $0.baseAddress! + position, byteCount: wanted) }
            done = wanted
        case .descriptor(let descriptor):
            while done < wanted {
                let count = pread(descriptor, start + done, wanted - done, off_t(position + done))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                done += count
            }
        }
        return done
    }

    /// Moves to a place counted from the start.
    /// - Returns: whether there is such a place; the end itself is one.
    func seek(to place: Int) -> Bool {
        guard place >= 0, place <= size else { return false }
        position = place
        return true
    }

    /// The first bytes, at most `count`, without moving.
    func head(_ count: Int) -> [UInt8] {
        let place = position
        position = 0
        defer { position = place }
        return [UInt8](unsafeUninitializedCapacity: min(max(0, count), size)) { buffer, filled in
            filled = read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// All bytes, without moving.
    func contents() -> [UInt8] { head(size) }
}
