// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Pipe {
    /// All that a program writes until it ends.
    ///
    /// Read on a thread of its own: the few threads that tasks share have to serve the program meanwhile.
    func wholeOutput() async -> Data {
        let file = fileHandleForReading
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: file.readDataToEndOfFile()) }
        }
    }
}
