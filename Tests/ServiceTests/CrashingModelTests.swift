// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSONRPC
import TestFixtures
import Testing

@testable import Service

/// Models that take the loader or the renderer down with them.
@Suite(.serialized) struct CrashingModelTests {
    private static let cloud =
        "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n1 1 1\n"

    @Test("a model that crashes the loader fails its own conversion, and the next ones are carried out")
    func crashes() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder) {
                $0.executable = Fixtures.url("programs/stumbling").path
            }
            for name in ["crash", "shy", "good"] {
                try Data(Self.cloud.utf8).write(to: URL(fileURLWithPath: "\(folder)/in/\(name).ply"))
                let made = try await service.call(
                    .put, "conversions/\(name)", ServiceUnderTest.conversion("\(name).ply"))
                #expect(made.status == 201)
            }
            let crashed = try await service.settled("conversions/crash")
            #expect(crashed["status"] == "Failed" && crashed["error"]?["code"] == "ConversionProcessFailed")
            let result = try String(contentsOfFile: folder + "/out/made/crash.result.json", encoding: .utf8)
            #expect(result.contains("\"failed\"") && result.contains("SIGSEGV"), "\(result)")
            // A picture that cannot be had is told beside the asset, which is there all the same.
            #expect(try await service.settled("conversions/shy")["status"] == "Succeeded")
            #expect(try await service.settled("conversions/good")["status"] == "Succeeded")
            let made = try service.made()
            #expect(made.filter { $0.contains("crash") } == ["made/crash.result.json"])
            #expect(made.contains("made/shy.arrAsset") && made.contains("made/shy.png.failed.txt"))
            #expect(made.contains("made/good.png") && !made.contains("made/shy.png"))
            await service.stop()
        }
    }

    @Test("a result that cannot be written fails the conversion, says so, and the service goes on")
    func unwritable() async throws {
        try await ServiceUnderTest.inFolder { folder in
            let service = try await ServiceUnderTest(in: folder)
            try Data(Self.cloud.utf8).write(to: URL(fileURLWithPath: "\(folder)/in/box.ply"))
            // A file is where the folder of the output would be.
            try Data().write(to: URL(fileURLWithPath: "\(folder)/out/made"))
            _ = try await service.call(.put, "conversions/c1", ServiceUnderTest.conversion("box.ply"))
            let failed = try await service.settled("conversions/c1")
            #expect(failed["status"] == "Failed")
            #expect(failed["error"]?["message"]?.stringValue?.contains("cannot be written into the output") == true)
            #expect(failed["error"]?["message"]?.stringValue?.contains(folder) == false)
            try FileManager.default.removeItem(atPath: "\(folder)/out/made")
            _ = try await service.call(.put, "conversions/c2", ServiceUnderTest.conversion("box.ply"))
            #expect(try await service.settled("conversions/c2")["status"] == "Succeeded")
            await service.stop()
        }
    }
}
