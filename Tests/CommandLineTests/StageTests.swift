// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import TestFixtures
import Testing

/// USD stages on the command line.
@Suite struct StageTests {
    private static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]
    private static let shelf = Fixtures.url("stages/shelf.usda").path

    @Test(
        "without usd-core a stage is told as not supported here, with what to install, and there is no picture",
        arguments: ["thumbnail", "render"])
    func lacking(command: String) throws {
        try Scratch.with { folder in
            var program = Program(command, Self.shelf, "--python", "/no/such/python", "-o", "x.png")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 65, "\(result.talk)")
            let said = result.talk + result.outputText
            #expect(said.contains("not supported here") && said.contains("usd-core"), "\(said)")
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/x.png"))
        }
    }

    @Test("in a folder, stages that cannot be read here do not fail the other models")
    func among() throws {
        try Scratch.with { folder in
            let models = folder.appendingPathComponent("models")
            try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: Fixtures.repository.appendingPathComponent("Samples/models/terrain.stl"),
                to: models.appendingPathComponent("terrain.stl"))
            try FileManager.default.copyItem(atPath: Self.shelf, toPath: models.path + "/shelf.usda")
            var program = Program(
                "thumbnail", "models", "--python", "/no/such/python", "-o", "out", "--size", "32", "--samples", "1")
            program.folder = folder
            let result = try program.run()
            #expect(result.code == 0, "\(result.talk)")
            #expect(FileManager.default.fileExists(atPath: folder.path + "/out/terrain.stl.png"))
            #expect((result.talk + result.outputText).contains("shelf.usda"))
        }
    }

    @Test(
        "a thumbnail and a render of a stage are there, and unchanged the next time",
        .enabled(if: interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with usd-core"),
        .timeLimit(.minutes(2)), arguments: [("thumbnail", "60"), ("render", "60x40")])
    func drawn(command: String, size: String) throws {
        try Scratch.with { folder in
            for word in ["\"done\":1", "\"unchanged\":1"] {
                var program = Program(
                    command, Self.shelf, "-o", "x.png", "--size", size, "--samples", "1", "--progress", "json")
                program.folder = folder
                let result = try program.run()
                #expect(result.code == 0 && result.talk.contains(word), "\(result.talk)")
            }
            let picture = try Data(contentsOf: folder.appendingPathComponent("x.png"))
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
    }

    @Test("the doctor says whether stages can be read")
    func doctor() throws {
        let result = try Program("doctor", "--python", "/no/such/python").run()
        #expect(result.outputText.contains("lacking  usd-core"), "\(result.outputText)")
        #expect(result.outputText.contains("pip install usd-core"))
        guard Self.interpreter != nil else { return }
        #expect(try Program("doctor").run().outputText.contains("ok       usd-core"))
    }
}
