// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The words that the program was started with.
enum ProgramArguments {
    /// The words after the program's name.
    ///
    /// Swift looks for them in the process's memory, and where a library was loaded before the program it may find none
    /// (it does under libfaketime); then the system is asked.
    static var words: [String] {
        let all = CommandLine.arguments
        guard all.isEmpty, let line = FileManager.default.contents(atPath: "/proc/self/cmdline") else {
            return Array(all.dropFirst())
        }
        return Array(split(line).dropFirst())
    }

    /// The words of a command line as Linux tells it: each ends with a zero byte.
    static func split(_ line: Data) -> [String] {
        var words = line.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        if words.last == "" { words.removeLast() }
        return words
    }
}
