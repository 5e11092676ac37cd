// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import HTTPService
import Synchronization

/// A program that is run to its end, or killed when it takes too long.
struct CommandRun {
    /// What it left behind.
    struct Result: Sendable {
        var code: Int32
        var output: [UInt8]
        var talk: String
    }

    /// Runs a program without input, in a folder that holds nothing it could trip over.
    ///
    /// - Throws: `ServiceError` when it cannot be started, or is not done in time; `CancellationError`.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String], limit: Duration
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let (output, talk) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (output, talk)
        do {
            try process.run()
        } catch {
            throw ServiceError(.noCredential, "\(program) cannot be started: \(error)", underlying: error)
        }
        let running = Running(process: process)
        let killer = Task {
            try await Task.sleep(for: limit)
            running.kill(isLate: true)
        }
        defer { killer.cancel() }
        let result = await withTaskCancellationHandler {
            async let said = read(talk)
            let bytes = await read(output)
            return await Result(code: wait(running), output: bytes, talk: String(decoding: said, as: UTF8.self))
        } onCancel: {
            running.kill(isLate: false)
        }
        try Task.checkCancellation()
        if running.isLate {
            throw ServiceError(.timedOut, "\(program) was not done after \(limit.components.seconds) s and was killed.")
        }
        return result
    }

    /// Reads to the end on a thread of its own: tasks must not block theirs.
    private static func read(_ pipe: Pipe) async -> [UInt8] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: [UInt8]((try? pipe.fileHandleForReading.readToEnd()) ?? Data()))
            }
        }
    }

    private static func wait(_ running: Running) async -> Int32 {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                running.process.waitUntilExit()
                continuation.resume(returning: running.process.terminationStatus)
            }
        }
    }

    /// A process that two tasks look at; Foundation's own locks it.
    private final class Running: Sendable {
        let process: Process
        private let late = Mutex(false)

        init(process: Process) { self.process = process }

        var isLate: Bool { late.withLock { $0 } }

        /// Ends it with those it started, which would keep its output open.
        func kill(isLate: Bool) {
            guard process.isRunning else { return }
            late.withLock { $0 = isLate }
            if Glibc.kill(-process.processIdentifier, SIGKILL) != 0 {
                _ = Glibc.kill(process.processIdentifier, SIGKILL)
            }
        }
    }
}
