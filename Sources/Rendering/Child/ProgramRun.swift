// SPDX-License-Identifier: Apache-2.0
import Glibc
import Jobs

/// A program that was run to its end, as services run one for each piece of work that may crash.
package struct ProgramRun: Sendable {
    /// Its exit code; `nil` when a signal ended it.
    package var code: Int32?
    /// How it ended, for people: "ended with code 65".
    package var ending: String
    /// The last lines of its output, at most twenty.
    package var lastLines: [String]

    /// Runs a program and waits for it; it is killed when the time is over or the task cancelled.
    ///
    /// - Throws: `RendererError` when it cannot be started or took too long, `CancellationError`.
    package static func run(
        _ program: String?, _ arguments: [String], within limit: Duration
    ) async throws -> ProgramRun {
        let process = try ChildProcess(program ?? "/proc/self/exe", arguments)
        let status = await withTaskCancellationHandler {
            await process.wait(for: limit)
        } onCancel: {
            process.signal(SIGKILL)
        }
        try Task.checkCancellation()
        guard let status else {
            process.signal(SIGKILL)
            _ = await process.wait(for: .seconds(5))
            throw RendererError(
                .limits, stage: "run",
                "\(process.name) \(arguments.first ?? "") took longer than \(limit) and was ended.")
        }
        var code: Int32?
        if case .exited(let number) = status.kind { code = number }
        return ProgramRun(code: code, ending: status.description, lastLines: process.lastLines)
    }
}
