// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import JSONRPC
import Jobs
import WebSocket

/// A backend that was started from here, and where it listens.
///
/// It ends when `lifeline` is closed, which the kernel does when this process ends in whatever way.
struct BackendProcess: Sendable {
    let process: ChildProcess
    let endpoint: WebSocketEndpoint
    /// The end of a pipe that only this process holds.
    let lifeline: FileDescriptor
    /// Ends a server that knows no lifeline.
    let watchdog: ChildProcess?
    /// Name for messages.
    let name: String

    /// Ends the backend: by itself within the grace, else by force.
    func end(grace: Duration) async {
        lifeline.close()
        if watchdog != nil { process.signal(SIGTERM) }
        await process.end(grace: grace)
        watchdog?.signal(SIGKILL)
    }

    /// Ends the backend at once.
    func kill() {
        process.signal(SIGKILL)
        lifeline.close()
    }

    /// What to say when the backend is gone: how it ended and what it said last.
    func obituary() async -> String? {
        guard let status = await process.wait(for: .seconds(1)) else { return nil }
        let lastWords = process.lastLines.suffix(3).joined(separator: " | ")
        return "\(name) \(status)" + (lastWords.isEmpty ? "" : "; its last words: \(lastWords)")
    }
}

extension BackendProcess {
    /// Starts the built-in renderer on a socket of the machine, which works without any network, with a secret that
    /// only this process knows.
    ///
    /// - Throws: `RendererError` when it cannot be started or does not say in time that it listens.
    static func embedded(
        _ options: BackendChoice.EmbeddedOptions, threads: Int, within timeout: Duration
    ) async throws -> BackendProcess {
        let report = try FileDescriptor.pipe()
        let lifeline = try FileDescriptor.pipe()
        let secretPipe = try FileDescriptor.pipe()
        let (secret, socket) = (newSecret(), "@darkroom-" + newSecret())
        try secretPipe.write.write(secret + "\n")
        secretPipe.write.close()
        let process = try ChildProcess(
            options.executable ?? "/proc/self/exe", arguments(options, socket: socket, threads: threads),
            handedOn: [report.write, lifeline.read, secretPipe.read])
        // Only the child may hold this end, so that its death ends the file.
        report.write.close()
        let name = "the built-in renderer (process \(process.pid))"
        let line = await withTaskCancellationHandler {
            await report.read.readLine(within: timeout)
        } onCancel: {
            process.signal(SIGKILL)
        }
        guard let line, (try? JSONValue(parsing: line))?["port"]?.intValue != nil else {
            let status = process.status == nil ? nil : await process.wait(for: .seconds(1))
            process.signal(SIGKILL)
            try Task.checkCancellation()
            let end = await process.wait(for: .seconds(1))
            let cause = status ?? (line == nil ? end : nil)
            let words = process.lastLines.suffix(3).joined(separator: " | ")
            throw RendererError(
                .environment, stage: "start",
                "\(name) did not say where it listens within \(timeout)"
                    + (cause.map { ": it \($0)" } ?? "") + (words.isEmpty ? "" : "; it said: \(words)") + ".")
        }
        return BackendProcess(
            process: process,
            endpoint: WebSocketEndpoint(socket: socket, path: "/" + secret),
            lifeline: lifeline.write, watchdog: nil, name: name)
    }

    private static func arguments(
        _ options: BackendChoice.EmbeddedOptions, socket: String, threads: Int
    ) -> [String] {
        var words = [
            "backend", "--uri", "unix:" + socket, "--report-fd", "3", "--lifeline-fd", "4", "--secret-fd", "5",
            "--threads", String(threads), "--log-level", "warn",
        ]
        for root in options.roots ?? [] { words += ["--root", root] }
        for plugin in options.plugins { words += ["--plugin", plugin] }
        let limits = [
            ("--memory-limit", options.memoryPerChild), ("--max-bytes", options.maxModelBytes),
            ("--max-triangles", options.maxTriangles), ("--max-pixels", options.maxPixels),
            ("--expect-samples", options.expectedSamples),
        ]
        for (flag, value) in limits { if let value { words += [flag, String(value)] } }
        return words
    }

    /// 32 random bytes in hexadecimal.
    private static func newSecret() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let word = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }.joined()
    }
}
