// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import JSONRPC
import TestFixtures
import Testing

@testable import Service

/// The capture service as clients of another make see it.
@Suite(
    .serialized,
    .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with schemathesis and httpx"))
struct IndependentClientTests {
    @Test(
        "schemathesis finds no server error and no answer that the document does not name", .timeLimit(.minutes(8)),
        arguments: [false, true])
    func schema(hasTokens: Bool) async throws {
        let token = "a-token-of-the-tests"
        try await CaptureUnderTest.run({
            if hasTokens { $0.tokens = [.init(token)] }
            // Nothing that is asked for at random lies here.
            $0.roots = [$0.pictures]
        }) { service in
            var words = [
                "run", service.address + "/openapi.json", "--max-examples", hasTokens ? "5" : "25", "--seed", "6",
                "--phases", "examples,coverage,fuzzing", "--request-timeout", "30", "--no-color", "--checks",
                "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
            ]
            if hasTokens { words += ["--header", "Authorization: Bearer \(token)"] }
            let result = try await run(["-c", "from schemathesis.cli import schemathesis; schemathesis()"] + words)
            #expect(result.code == 0, "\(result.output.suffix(4000))")
            #expect(result.output.contains("passed"), "\(result.output.suffix(500))")
        }
    }

    @Test("httpx captures, packs its body, pages through jobs and meets every refusal", .timeLimit(.minutes(5)))
    func client() async throws {
        let token = "a-token-of-the-tests"
        try await CaptureUnderTest.run({ $0.tokens = [.init(token)] }) { service in
            let result = try await run([
                Fixtures.url("python/drive_captures.py").path, service.address, token,
            ])
            #expect(result.code == 0, "\(result.output.suffix(3000))")
        }
    }

    private func run(_ words: [String]) async throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(interpreter))
        process.arguments = words
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let output = await pipe.wholeOutput()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

private let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]
