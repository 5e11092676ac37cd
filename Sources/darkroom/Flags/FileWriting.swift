// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs

/// Files that a command writes whole, besides a job's own outputs.
enum FileWriting {
    /// Puts a file in place in one step: a reader sees the old one or the new one, never a half.
    ///
    /// - Throws: `CommandFailure` with blame `environment`, naming the file.
    static func replace(_ path: String, with bytes: [UInt8]) throws(CommandFailure) {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let reason = (error as NSError).userInfo[NSUnderlyingErrorKey].map { "\($0)" } ?? error.localizedDescription
            throw CommandFailure(.environment, "\(path) cannot be written: \(Self.shortened(reason))")
        }
    }

    private static func shortened(_ reason: String) -> String {
        reason.split(separator: "\n").first.map(String.init) ?? reason
    }
}
