// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import Foundation
import HTTPFixtures
import HTTPService
import TestFixtures
import Testing

/// Microsoft's own Python package is the judge: it and the client read each other's blobs from one server that checks
/// every signature.
@Suite struct PythonStorageTests {
    private static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]
    private static let names = ["out/house ü.arrAsset", "out/100%+1&x=y?#.png", "out/long.bin"]

    @Test(
        "Microsoft's library reads what is written here and writes what is read here",
        .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with azure-storage-blob"),
        .timeLimit(.minutes(2)), arguments: [BlobWay.sas, .sharedKey])
    func bothWays(way: BlobWay) async throws {
        try await BlobServer.with { server, address in
            try await withFolder { folder in
                let container = try way.container(at: address) { options in
                    (options.blockThreshold, options.blockLength) = (1000, 400)
                }
                let source = folder.appendingPathComponent("source")
                try Data(pattern(3001)).write(to: source)
                for name in Self.names {
                    try await container.put(
                        name, file: source,
                        options: UploadOptions(contentType: "image/png", metadata: ["made": "here"]))
                }
                let result = try await run([
                    Fixtures.url("python/check_blobs.py").path, address, BlobServer.account, BlobServer.key,
                    way == .sas ? "sas" : "key", source.path,
                ])
                #expect(result.status == 0, "\(result.output)")
                for name in Self.names {
                    let theirs = name.replacing("out/", with: "theirs/")
                    #expect(try await container.get(theirs) == pattern(3001).reversed(), "\(theirs)")
                    #expect(try await container.properties(of: theirs)?.contentType == "model/gltf-binary")
                }
                #expect(try await container.list(prefix: "theirs/", pageLength: 1).all().count == 3)
                #expect(server.blobs.keys.filter { $0.hasPrefix("out/") }.isEmpty)
            }
        }
    }

    @Test(
        "a SAS made here lets Microsoft's library in, and one of its own lets the client in",
        .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with azure-storage-blob"),
        .timeLimit(.minutes(2)))
    func grants() async throws {
        try await BlobServer.with { server, address in
            guard case .sas(let ours) = try BlobWay.sas.credential() else { return }
            let script = Fixtures.url("python/exchange_sas.py").path
            let result = try await run([script, address, BlobServer.account, BlobServer.key, ours.reveal()])
            #expect(result.status == 0, "\(result.output)")
            #expect(server.blobs["by-our-sas"]?.bytes == Array("written".utf8))
            let theirs = Secret(result.output.trimmingCharacters(in: .whitespacesAndNewlines))
            let container = try BlobContainer(address, credential: .sas(theirs))
            #expect(try await container.get("by-our-sas") == Array("written".utf8))
            let denied = await #expect(throws: ServiceError.self) { try await container.delete("by-our-sas") }
            #expect(denied?.status == 403)
        }
    }

    private func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.interpreter))
        process.arguments = arguments
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let output = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
            }
        }
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
