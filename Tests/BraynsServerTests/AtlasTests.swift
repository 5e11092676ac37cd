// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import JSONRPC
import TestFixtures
import Testing

@testable import BraynsServer

@Suite struct AtlasTests {
    /// A backend with an atlas of 4 x 4 x 4 voxels, the inner eight of which hold something, at (1, 2, 3).
    private static func backend(
        type: String, components: Int, value: String
    ) async throws -> (backend: Backend, answer: Received) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("atlas-\(UUID()).nrrd")
        defer { try? FileManager.default.removeItem(at: file) }
        var text = "NRRD0005\ntype: double\nencoding: ascii\nspace: RAS\nspace origin: (1,2,3)\n"
        text += "dimension: \(components > 1 ? 4 : 3)\nsizes: \(components > 1 ? "\(components) " : "")4 4 4\n\n"
        let empty = Array(repeating: "0", count: components).joined(separator: " ")
        for place in 0..<64 {
            let isInner = [place % 4, place / 4 % 4, place / 16].allSatisfy { (1...2).contains($0) }
            text += (isInner ? value : empty) + "\n"
        }
        try Data(text.utf8).write(to: file)
        let backend = Backend { $0.plugins = BraynsServerOptions.knownPlugins }
        let answer = try await backend.call(
            "add-model",
            ["loader_name": "NRRD loader", "path": .string(file.path), "loader_properties": ["type": .string(type)]])
        return (backend, answer)
    }

    @Test("an atlas is shown by its outline, where its file places it")
    func outline() async throws {
        let (backend, answer) = try await Self.backend(type: "scalar", components: 1, value: "7")
        let model = try #require(answer.json["result"]?.arrayValue?.first)
        #expect(model["model_type"] == "atlas" && model["bounds"] == ["max": [5, 6, 7], "min": [1, 2, 3]])
        #expect(
            model["info"]?["base_transform"]
                == ["rotation": [0, 0, 0, 1], "scale": [1, 1, 1], "translation": [1, 2, 3]])
        #expect(try await backend.result("get-color-methods", ["id": 0]) == ["solid"])
        let picture = try await backend.call(
            "snapshot",
            [
                "image_settings": ["size": [64, 64]],
                "camera": ["name": "orthographic", "params": ["height": 4]],
                "camera_view": ["position": [3, 4, 20], "target": [3, 4, 5], "up": [0, 1, 0]],
            ])
        let pixels = try ImageDecoder.decode(picture.payload).packedBytes()
        // Two clear walls of the inner box in the middle, nothing at the edge.
        #expect(pixels[4 * (32 * 64 + 32)..<4 * (32 * 64 + 33)] != pixels[..<4])
    }

    @Test(
        "each kind of atlas has its ways to be shown, and others are refused",
        arguments: [
            ("scalar", 1, "7", ["Density", "Highlight column", "Outline mesh shell"]),
            ("orientation", 4, "1 0 0 0", ["Highlight column", "Orientation field", "Outline mesh shell"]),
            ("vector", 3, "1 2 3", ["Highlight column", "Vector field", "Outline mesh shell"]),
            ("flatmap", 2, "4 5", ["Highlight column", "Outline mesh shell", "Flatmap areas"]),
            ("layer_distance", 2, "1 2", ["Highlight column", "Layer distance", "Outline mesh shell"]),
        ])
    func useCases(type: String, components: Int, value: String, names: [String]) async throws {
        let (backend, _) = try await Self.backend(type: type, components: components, value: value)
        let offered = try await backend.result("get-available-atlas-usecases", ["model_id": 0])
        #expect(offered.arrayValue?.compactMap { $0["name"]?.stringValue } == names)
        for useCase in AtlasUseCase.allCases {
            let params: JSONValue =
                switch useCase {
                case .column: ["xz_coordinate": [1, 2], "color": [1, 0, 0, 1]]
                case .layerDistance: ["xz_coordinate": "upper"]
                default: [:]
                }
            let answer = try await backend.call(
                "visualize-atlas-usecase",
                ["model_id": 0, "use_case": .string(useCase.rawValue), "params": params])
            #expect((answer.code == nil) == names.contains(useCase.rawValue), "\(useCase)")
            if let model = answer.json["result"] {
                #expect(model["info"]?["base_transform"]?["translation"] == [1, 2, 3])
            }
        }
    }

    @Test("a volume is bounded, described and drawn in the colours of its ramp")
    func volumes() async throws {
        let (backend, _) = try await Self.backend(type: "scalar", components: 1, value: "5")
        try await backend.result(
            "visualize-atlas-usecase", ["model_id": 0, "use_case": "Density", "params": [:]])
        #expect(try await backend.result("get-color-ramp", ["id": 1])["range"] == [0, 5])
        #expect(try await backend.result("get-model", ["id": 1])["bounds"] == ["max": [5, 6, 7], "min": [1, 2, 3]])
        let params: JSONValue = [
            "image_settings": ["size": [64, 64]],
            "camera_view": ["position": [3, 4, 20], "target": [3, 4, 5], "up": [0, 1, 0]],
        ]
        let red: JSONValue = ["colors": [[1, 0, 0, 0], [1, 0, 0, 1]], "range": [0, 5]]
        try await backend.result("set-color-ramp", ["id": 1, "color_ramp": red])
        func middle() async throws -> [UInt8] {
            let picture = try ImageDecoder.decode(try await backend.call("snapshot", params).payload)
            return Array(picture.packedBytes()[(4 * (64 * 32 + 32))...].prefix(3))
        }
        let shown = try await middle()
        #expect(shown[0] > 150 && shown[1] < 60)
        try await backend.result("update-model", ["model_id": 1, "model": ["is_visible": false]])
        #expect(try await middle()[0] < 60)
    }

    @Test("columns need parameters that name places in the grid")
    func columns() async throws {
        let (backend, _) = try await Self.backend(type: "scalar", components: 1, value: "1")
        let red: JSONValue = [1, 0, 0, 1]
        for (params, code) in [
            ([:], -32602), (["xz_coordinate": [0, 9], "color": red], -32603),
            (["xz_coordinate": [0.5, 1], "color": red], -32602),
            (
                ["xz_coordinate": [0, 0], "color": red, "neighbours": [["relative_xz": [-1, 0], "color": red]]],
                -32603
            ),
        ] as [(JSONValue, Int)] {
            let answer = try await backend.call(
                "visualize-atlas-usecase", ["model_id": 0, "use_case": "Highlight column", "params": params])
            #expect(answer.code == code, "\(params)")
        }
        try await backend.result("add-light-ambient", [:])
        #expect(try await backend.call("get-available-atlas-usecases", ["model_id": 1]).code == -32602)
        #expect(
            try await backend.call(
                "visualize-atlas-usecase", ["model_id": 0, "use_case": "Nothing", "params": [:]]
            ).code == -32603)
    }
}
