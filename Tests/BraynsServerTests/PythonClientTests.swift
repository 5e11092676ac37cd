// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

@testable import BraynsServer

@Suite struct PythonClientTests {
    private static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]

    @Test(
        "the Python client of Brayns finds what it expects",
        .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with the package brayns"),
        .timeLimit(.minutes(5)))
    func drive() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("python-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let upload = try BinaryFrame.decode(try Fixtures.bytes("brayns/105-upload-model-cube/request.bin"))
        let cube = folder.appendingPathComponent("cube.obj")
        try Data(upload.payload).write(to: cube)
        let backend = try await LiveBackend()
        let script = Fixtures.url("python/drive_backend.py").path
        let outcome = try await run([script, "\(backend.port)", cube.path, folder.path])
        #expect(outcome.status == 0, "\(outcome.output)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["cube.obj", "image.png", "remote.png", "snapshot.jpg", "snapshot.png"])
        // The script ends the backend itself; when it failed before, nobody else does.
        if outcome.status == 0 { try await backend.ended() } else { await backend.stop() }
    }

    private func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.interpreter))
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = await Task.detached { pipe.fileHandleForReading.readDataToEndOfFile() }.value
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
