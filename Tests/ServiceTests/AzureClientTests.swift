// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures
import Testing

@testable import Service

@Suite struct AzureClientTests {
    private static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]

    @Test(
        "Azure's Python SDK converts, lists, opens, extends and stops over TLS",
        .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with Azure's packages"),
        .timeLimit(.minutes(5)))
    func drive() async throws {
        try await ServiceUnderTest.inFolder { folder in
            var host = HostOptions()
            let certificate = Fixtures.url("tls/localhost.pem").path
            host.tls = .init(certificateFile: certificate, privateKeyFile: Fixtures.url("tls/localhost-key.pem").path)
            let service = try await ServiceUnderTest(in: folder, host: host)
            let models = folder + "/in/input/box"
            try FileManager.default.createDirectory(atPath: models, withIntermediateDirectories: true)
            let cloud =
                "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n1 1 1\n"
            try Data(cloud.utf8).write(to: URL(fileURLWithPath: models + "/box.ply"))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try #require(Self.interpreter))
            process.arguments = [
                Fixtures.url("python/drive_remote_rendering.py").path, "https://localhost:\(service.port)",
                ServiceUnderTest.account, ServiceUnderTest.key, ServiceUnderTest.inputURI, ServiceUnderTest.outputURI,
                "box.ply", "input/box",
            ]
            process.environment = ProcessInfo.processInfo.environment.merging(["REQUESTS_CA_BUNDLE": certificate]) {
                $1
            }
            let pipe = Pipe()
            (process.standardOutput, process.standardError) = (pipe, pipe)
            try process.run()
            let output = await pipe.wholeOutput()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(String(decoding: output, as: UTF8.self).suffix(3000))")
            await service.stop()
        }
    }
}
