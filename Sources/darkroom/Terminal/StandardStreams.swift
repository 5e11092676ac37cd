// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Standard output carries data and nothing else; whatever is said to people goes to standard error.
enum StandardStreams {
    /// Why data could not be written to standard output.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Puts `/dev/null` where a caller closed one of the three descriptors, so that no file or socket
    /// of ours takes its number and receives what was meant for people.
    static func prepare() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
            // An input opened for writing only, and outputs opened for reading only, keep failing as
            // a closed descriptor would.
            _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes all bytes to standard output.
    static func write(_ bytes: [UInt8]) throws(Failure) {
        try write(bytes, to: STDOUT_FILENO, name: "standard output")
    }

    /// Writes a text and a line end to standard output.
    static func print(_ text: String) throws(Failure) {
        try write(Array((text + "\n").utf8))
    }

    /// Writes a text to standard error; a caller that closed it does not want to know.
    static func say(_ text: String) {
        try? write(Array(text.utf8), to: STDERR_FILENO, name: "standard error")
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, name: String) throws(Failure) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress! + done, $0.count - done) }
            if count > 0 {
                done += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: waitUntilWritable(descriptor)
            case EPIPE:
                throw Failure(description: "\(name) was closed by its reader after \(done) of \(bytes.count) bytes")
            case let code:
                throw Failure(description: "\(name) cannot be written: \(String(cString: strerror(code)))")
            }
        }
    }

    private static func waitUntilWritable(_ descriptor: Int32) {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, 1000)
    }

    /// Whether somebody looks at standard error on a terminal.
    static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal at standard error, at least 20; 80 where it does not tell.
    static var errorColumns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return max(20, Int(size.ws_col))
    }
}
