// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import JSONRPC
import Jobs

/// A built-in renderer that others than this process connect to: no secret stands in its path.
///
/// It ends with this process in whatever way that ends.
package final class OpenBackend: Sendable {
    /// The port it listens on.
    package let port: Int
    private let process: ChildProcess
    private let lifeline: FileDescriptor

    private init(port: Int, process: ChildProcess, lifeline: FileDescriptor) {
        (self.port, self.process, self.lifeline) = (port, process, lifeline)
    }

    /// Starts a renderer on a free port.
    ///
    /// - Parameters:
    ///   - host: the address it binds.
    ///   - threads: cores it may use.
    ///   - timeout: for it to say where it listens.
    /// - Throws: `RendererError` when it cannot be started or says nothing in time.
    package static func start(
        host: String, options: BackendChoice.EmbeddedOptions, threads: Int, within timeout: Duration
    ) async throws -> OpenBackend {
        let report = try FileDescriptor.pipe()
        let lifeline = try FileDescriptor.pipe()
        var words = [
            "backend", "--uri", "\(host):0", "--report-fd", "3", "--lifeline-fd", "4", "--threads", String(threads),
            "--log-level", "warn",
        ]
        for root in options.roots ?? [] { words += ["--root", root] }
        if let memory = options.memoryPerChild { words += ["--memory-limit", String(memory)] }
        let process = try ChildProcess(
            options.executable ?? "/proc/self/exe", words, handedOn: [report.write, lifeline.read])
        report.write.close()
        let line = await report.read.readLine(within: timeout)
        guard let line, let port = (try? JSONValue(parsing: line))?["port"]?.intValue, (1...65535).contains(port)
        else {
            process.signal(SIGKILL)
            _ = await process.wait(for: .seconds(1))
            let words = process.lastLines.suffix(3).joined(separator: " | ")
            throw RendererError(
                .environment, stage: "start",
                "The renderer did not say where it listens within \(timeout)"
                    + (words.isEmpty ? "." : "; it said: \(words)"))
        }
        return OpenBackend(port: Int(port), process: process, lifeline: lifeline.write)
    }

    /// Waits until it has ended.
    ///
    /// - Returns: how, for people.
    package func ending() async -> String {
        while true {
            if let status = await process.wait(for: .seconds(3600)) {
                let words = process.lastLines.suffix(3).joined(separator: " | ")
                return "the renderer \(status)" + (words.isEmpty ? "" : "; it said: \(words)")
            }
        }
    }

    /// Ends it: by itself within the grace, else by force.
    package func end(grace: Duration) async {
        lifeline.close()
        await process.end(grace: grace)
    }

    /// Ends it at once.
    package func kill() { process.signal(SIGKILL) }
}
