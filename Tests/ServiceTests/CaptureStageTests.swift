// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import HTTPTypes
import ImageCore
import JSONRPC
import OmniverseServices
import TestFixtures
import Testing

@testable import Service

/// Captures of USD stages.
@Suite struct CaptureStageTests {
    private static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]
    private static let folder = Fixtures.url("stages").path

    private func picture(_ service: CaptureUnderTest, view: String) async throws -> [UInt8] {
        let client = try service.client()
        let reply = try await client.capture.post(
            usd_stage_path: .string(Self.folder + "/shelf.usda"), width: 90, height: 60, view: .string(view),
            samples: 2)
        #expect(reply["success"] == true, "\(reply)")
        let path = try #require(reply["captured_image_path"]?.stringValue)
        let answer = try await client.send(EndpointCall(path: path, method: .get))
        return try #require(answer.bytes)
    }

    @Test(
        "a stage is captured as its own camera sees it, or from a side that is asked for",
        .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with usd-core"),
        .timeLimit(.minutes(2)))
    func captured() async throws {
        try await CaptureUnderTest.run({ $0.roots.append(Self.folder) }) { service in
            let own = try await picture(service, view: "auto")
            let pixels = try ImageDecoder.decode(own)
            #expect(pixels.width == 90 && pixels.height == 60)
            // The ball in the middle is red.
            let bytes = pixels.packedBytes()
            let middle = Array(bytes[4 * (30 * 90 + 45)..<4 * (30 * 90 + 45) + 4])
            #expect(middle[0] > 60 && Int(middle[0]) > 2 * Int(middle[1]) && middle[3] == 255, "\(middle)")
            #expect(try await picture(service, view: "front") != own)
        }
    }

    @Test("without usd-core a capture of a stage says what to install, and other models go on")
    func lacking() async throws {
        try await CaptureUnderTest.run({
            $0.roots.append(Self.folder)
            $0.python = "/no/such/python"
        }) { service in
            let client = try service.client()
            let reply = try await client.capture.post(usd_stage_path: .string(Self.folder + "/shelf.usda"))
            #expect(reply.status == 200 && reply["success"] == false && reply["captured_image_path"] == .null)
            let said = reply["error_message"]?.stringValue ?? ""
            #expect(said.contains("not supported here") && said.contains("usd-core"), "\(said)")
            let good = try await client.capture.post(usd_stage_path: "terrain.stl", width: 32, height: 32)
            #expect(good["success"] == true, "\(good)")
        }
    }

    @Test(
        "a stage that reaches outside the service's folders is not drawn",
        .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with usd-core"))
    func outside() async throws {
        try await ServiceUnderTest.inFolder { models in
            let text = "#usda 1.0\n(subLayers = [@\(Self.folder)/shelf.usda@])\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: models + "/reach.usda"))
            try await CaptureUnderTest.run({ $0.roots = [models] }) { service in
                let reply = try await service.client().capture.post(usd_stage_path: "reach.usda")
                #expect(reply["error_message"]?.stringValue?.contains("outside the folders") == true, "\(reply)")
            }
        }
    }
}
