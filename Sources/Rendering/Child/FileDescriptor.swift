// SPDX-License-Identifier: Apache-2.0
import CSystemShim
import Foundation
import Glibc
import Jobs
import Synchronization

/// An open file descriptor that is closed once, at the latest with its owner.
final class FileDescriptor: Sendable {
    private let number: Mutex<Int32>

    init(_ number: Int32) { self.number = Mutex(number) }

    deinit { close() }

    /// The number, or -1 when closed.
    var raw: Int32 { number.withLock { $0 } }

    func close() {
        number.withLock { number in
            if number >= 0 { _ = Glibc.close(number) }
            number = -1
        }
    }

    /// A pipe whose ends are closed in every program started from here, unless handed on by name.
    static func pipe() throws(RendererError) -> (read: FileDescriptor, write: FileDescriptor) {
        var ends: [Int32] = [-1, -1]
        guard csystemshim_pipe(&ends) == 0 else { throw failure("open a pipe") }
        return (FileDescriptor(ends[0]), FileDescriptor(ends[1]))
    }

    /// The device that is always empty.
    static func null() throws(RendererError) -> FileDescriptor {
        let number = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard number >= 0 else { throw failure("open /dev/null") }
        return FileDescriptor(number)
    }

    /// Writes a short text whole.
    func write(_ text: String) throws(RendererError) {
        let bytes = Array(text.utf8)
        guard Glibc.write(raw, bytes, bytes.count) == bytes.count else { throw Self.failure("write to a pipe") }
    }

    /// Reads up to the first line end, the end of the file or the deadline, on a thread of its own.
    ///
    /// - Returns: the line without its end, or `nil` when the file or the time ended before it.
    func readLine(within timeout: Duration) async -> String? {
        let deadline = ContinuousClock.now + timeout
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in continuation.resume(returning: blockingLine(until: deadline)) }
        }
    }

    private func blockingLine(until deadline: ContinuousClock.Instant) -> String? {
        var line: [UInt8] = []
        while line.count < 4096 {
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return nil }
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            var poll = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&poll, 1, Int32(clamping: milliseconds + 1))
            if ready < 0, errno != EINTR { return nil }
            guard ready > 0 else { continue }
            var byte: UInt8 = 0
            let count = read(raw, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return nil }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    private static func failure(_ what: String) -> RendererError {
        RendererError(
            .environment, stage: "start", "This process cannot \(what): \(String(cString: strerror(errno))).")
    }
}
