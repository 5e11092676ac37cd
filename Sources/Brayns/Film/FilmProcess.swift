// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One run of ffmpeg.
struct FilmProcess {
    let program: String
    let arguments: [String]
    /// A file for what the program says.
    let said: URL

    /// Runs to the end; cancelling the task ends the program.
    ///
    /// - Throws: `BraynsError` with the program's last words; `CancellationError`.
    func run(for film: String) async throws {
        guard let executable = Self.find(program) else {
            throw BraynsError(
                .file, "\(film): the program \(program) is not there; install ffmpeg (apt-get install ffmpeg).")
        }
        try Data().write(to: said)
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: said)
        let (ended, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        let number = process.processIdentifier
        await withTaskCancellationHandler {
            // A cancelled task does not wait, but the program has to have ended before its files go.
            await Task { for await _ in ended {} }.value
        } onCancel: {
            kill(number, SIGKILL)
        }
        try Task.checkCancellation()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let words = (try? String(contentsOf: said, encoding: .utf8))?.split(separator: "\n").suffix(3) ?? []
            throw BraynsError(
                .file,
                "\(film): \(program) failed with status \(process.terminationStatus): \(words.joined(separator: " | "))"
            )
        }
    }

    private static func find(_ program: String) -> URL? {
        let files = FileManager.default
        if program.contains("/") {
            return files.isExecutableFile(atPath: program) ? URL(fileURLWithPath: program) : nil
        }
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent(program) }
            .first { files.isExecutableFile(atPath: $0.path) }
    }
}
