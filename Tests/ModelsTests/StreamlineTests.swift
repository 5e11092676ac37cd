// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Models

@Suite struct StreamlineTests {
    @Test("each line is a fibre of rods, coloured by its way")
    func fibres() throws {
        let text = "3 0 0 0 1 0 0 1 -2 0\n\n2 0 0 0 0 0 0\n1 5 5 5\n"
        let rods = try StreamlineReader.read(text, radius: 0.5, shown: "f").primitives.capsules
        #expect(rods.count == 3 && rods.allSatisfy { $0.r0 == 0.5 && $0.r1 == 0.5 })
        #expect(rods.map(\.color) == [[1, 0.5, 0.5, 1], [0.5, 0, 0.5, 1], [0.5, 0.5, 0.5, 1]])
    }

    @Test(
        "lines that hold something else are refused",
        arguments: [
            "", "0", "2 0 0 0", "1 0 0 x", "1 0 0 0 0", "-1 0 0 0", "9223372036854775807 1", "1 nan 0 0", "1 0 0 0",
        ])
    func badLines(text: String) {
        #expect(throws: ModelError.self) { try StreamlineReader.read(text, radius: 1, shown: "f") }
    }

    @Test(
        "configurations name two files and perhaps a circuit",
        arguments: [
            (#"{"streamlines_path":"s","gids_to_streamlines_path":"/g"}"#, true),
            (#"{"streamlines_path":"s","gids_to_streamlines_path":"g","circuit_path":"c"}"#, true),
            (#"{"streamlines_path":"s"}"#, false), ("[]", false), ("x", false),
            (#"{"streamlines_path":"s","gids_to_streamlines_path":1}"#, false),
            (#"{"streamlines_path":"s","gids_to_streamlines_path":"g","more":"c"}"#, false),
        ])
    func configurations(text: String, isGood: Bool) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("dti-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        guard isGood else {
            #expect(throws: ModelError.self) { try StreamlineConfig(file.path, files: ModelFiles()) }
            return
        }
        let config = try StreamlineConfig(file.path, files: ModelFiles())
        #expect(config.streamlines == file.deletingLastPathComponent().path + "/s")
    }
}
