// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs

/// A program of the cluster's scheduler, found in PATH and run to its end.
enum SchedulerProgram {
    /// What it wrote to standard output.
    ///
    /// - Throws: `CommandFailure` with blame `environment` when it is not there or fails, with its last words.
    static func run(_ name: String, _ arguments: [String]) throws(CommandFailure) -> String {
        guard let program = path(name) else {
            throw CommandFailure(
                .environment,
                "\(name) is not there; run this on a machine that can reach the scheduler, or use --dry-run."
            )
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch {
            throw CommandFailure(.environment, "\(name) cannot be started: \(error.localizedDescription)")
        }
        // Schedulers say a line or two, which a pipe holds: reading one after the other cannot stall them.
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let last = String(decoding: complaint, as: UTF8.self).split(separator: "\n").last.map(String.init)
            throw CommandFailure(
                .environment, "\(name) ended with code \(process.terminationStatus)\(last.map { ": \($0)" } ?? "").")
        }
        return String(decoding: said, as: UTF8.self)
    }

    /// Where a program lies.
    static func path(_ name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
