// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file that could not be read or written.
package struct FileError: Error, Sendable {
    /// The system's error number; 0 when it was no system call.
    package var number: Int32
    /// One clause that begins with the path.
    package var message: String

    /// An error of a system call on `path`.
    init(_ path: String, _ verb: String, number: Int32) {
        self.number = number
        let reason = String(cString: strerror(number))
        message = "\(path): cannot \(verb): \(reason)"
    }

    init(_ message: String) { (number, self.message) = (0, message) }
}
