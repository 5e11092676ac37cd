// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Logging
import OmniverseServices
import Rendering
import TestFixtures
import Testing

@testable import Service

/// A capture service of a test on a loopback port, with the samples' models as its root.
final class CaptureUnderTest: Sendable {
    let address: String
    let folder: String
    let application: any ServiceApplication
    private let task: ServiceTask

    /// Starts a service in a folder, which may be one that an earlier service left.
    init(
        in folder: String, host: HostOptions = HostOptions(), _ change: (inout CaptureOptions) -> Void = { _ in }
    ) async throws {
        self.folder = folder
        let models = Fixtures.repository.appendingPathComponent("Samples/models").path
        var options = CaptureOptions(roots: [models], pictures: folder + "/pictures")
        options.database = folder + "/captures.sqlite"
        var embedded = BackendChoice.EmbeddedOptions(children: 1, threads: 1)
        embedded.executable = ServiceUnderTest.program
        options.backend = .embedded(embedded)
        change(&options)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = try CaptureServer(host: host, serving: options, version: "1", logger: logger)
        application = server.application
        task = try await ServiceTask { try await server.run(ready: $0) }
        address = host.tls == nil ? "http://127.0.0.1:\(task.port)" : "https://localhost:\(task.port)"
    }

    /// Ends the service in good order.
    func stop() async { await task.stop() }

    /// Runs a body against a service of its own.
    static func run(
        _ change: (inout CaptureOptions) -> Void = { _ in }, _ body: (CaptureUnderTest) async throws -> Void
    ) async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await CaptureUnderTest(in: folder, change)
            do {
                try await body(service)
            } catch {
                await service.stop()
                throw error
            }
            await service.stop()
        }
    }

    /// A client over the connection, or within the process.
    func client(isLocal: Bool = false, throwsForStatus: Bool = false) throws -> AsyncClient {
        var options = AsyncClientOptions()
        options.throwsForStatus = throwsForStatus
        return isLocal
            ? try AsyncClient(uri: "local://", application: application, options: options)
            : try AsyncClient(uri: address, options: options)
    }

    /// Waits until a job is over.
    func settled(_ id: String) async throws -> JSONValue {
        let client = try client()
        for _ in 0..<1200 {
            let job = try await client.jobs.get(.string(id)).json ?? .null
            if !["waiting", "running"].contains(job["status"]?.stringValue ?? "") { return job }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the capture \(id) did not settle")
        return .null
    }
}
