// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import JSONRPC
import Testing

@testable import BraynsServer

@Suite struct CaptureTests {
    private static let view: JSONValue = ["position": [0, 0, 4], "target": [0, 0, 0], "up": [0, 1, 0]]
    private static let black: JSONValue = [
        "name": "interactive", "params": ["background_color": [0, 0, 0, 0], "samples_per_pixel": 1],
    ]

    /// A red ball of radius 1 in white light.
    private static func withBall(_ change: (inout BraynsServerOptions) -> Void = { _ in }) async throws -> Backend {
        let backend = Backend(change)
        try await backend.result(
            "add-spheres", [["color": [1, 0, 0, 1], "geometry": ["center": [0, 0, 0], "radius": 1]]])
        try await backend.result("add-light-ambient", ["intensity": 1])
        return backend
    }

    @Test("a picture of any size from 1x1 is drawn", arguments: [(1, 1), (7, 64), (64, 1), (63, 257)])
    func sizes(width: Int, height: Int) async throws {
        let backend = try await Self.withBall()
        let size: JSONValue = [.int(Int64(width)), .int(Int64(height))]
        let answer = try await backend.call("snapshot", ["image_settings": ["size": size], "camera_view": Self.view])
        let header = try ImageDecoder.header(of: answer.payload)
        #expect(header.width == width && header.height == height && header.channels == 4 && header.bitDepth == 8)
        try await backend.result("set-application-parameters", ["viewport": size])
        try await backend.result("set-camera-view", Self.view)
        let image = try await backend.call("render-image", ["format": "png"])
        #expect(try ImageDecoder.header(of: image.payload).width == width)
    }

    @Test("what is too large is refused with the limit named, and what is empty too")
    func limits() async throws {
        let backend = try await Self.withBall { $0.limits.pixels = 4096 }
        for size in [[65, 64], [9_000_000_000, 9_000_000_000]] as [JSONValue] {
            for answer in [
                try await backend.call("snapshot", ["image_settings": ["size": size]]),
                try await backend.call("export-gbuffers", ["channels": ["color"], "resolution": size]),
                try await backend.call("render-planes", ["resolution": size]),
            ] { #expect(answer.code == -32603 && answer.message?.contains("4096") == true) }
        }
        #expect(try await backend.call("snapshot", ["image_settings": ["size": [0, 5]]]).code == -32603)
        #expect(try await backend.call("snapshot", ["image_settings": ["size": [64, 64]]]).code == nil)
    }

    @Test("formats are known in any case of letters, and no others")
    func formats() async throws {
        let backend = try await Self.withBall()
        for (name, format) in [("PNG", ImageFormat.png), ("jpg", .jpeg), ("JpG", .jpeg)] {
            let answer = try await backend.call(
                "snapshot", ["image_settings": ["format": .string(name), "quality": 1000, "size": [64, 64]]])
            #expect(ImageFormat.detect(answer.payload) == format)
        }
        for name in ["jpeg", "bmp", ""] {
            let answer = try await backend.call("snapshot", ["image_settings": ["format": .string(name)]])
            #expect(answer.code == -32603 && answer.message == "Format not supported: '\(name)'")
        }
        #expect(try await backend.call("render-image", ["format": "PNG"]).code == -32603)
    }

    @Test("metadata stands in the PNG, reserved characters escaped")
    func metadata() async throws {
        let backend = try await Self.withBall()
        let texts: JSONValue = ["title": "a<b", "description": "&", "where_used": "w", "keywords": ["k", "l"]]
        let answer = try await backend.call("snapshot", ["image_settings": ["size": [8, 8]], "metadata": texts])
        let entry = try #require(try PNGText.read(from: answer.payload).first)
        #expect(entry.keyword == "XML:com.adobe.xmp")
        #expect(entry.text.contains("<photoshop:Headline>a&lt;b</photoshop:Headline>"))
        #expect(entry.text.contains("<dc:description>&amp;</dc:description>"))
        #expect(entry.text.contains("<rdf:li>k</rdf:li><rdf:li>l</rdf:li>"))
    }

    @Test("files are written below the roots only, and whole")
    func files() async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("root-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        let backend = try await Self.withBall { $0.roots = [root.path] }
        func write(_ path: String) async throws -> Received {
            try await backend.call(
                "snapshot", ["image_settings": ["size": [8, 8], "format": "png"], "file_path": .string(path)])
        }
        let inside = root.appendingPathComponent("a.jpg").path
        #expect(try await write(inside).json["result"] == ["color_buffer": ["offset": 0, "size": 0]])
        let written = [UInt8](try Data(contentsOf: URL(fileURLWithPath: inside)))
        #expect(ImageFormat.detect(written) == .jpeg)
        for path in ["\(root.path)/../outside.png", "/proc/outside.png", "\(root.path)/none/a.png", "\(root.path)/a"] {
            #expect(try await write(path).code == -32603, "\(path)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path) == ["a.jpg"])
        let outside = try await backend.call(
            "add-model", ["path": "/etc/hostname.obj", "loader_name": "mesh", "loader_properties": [:]])
        #expect(outside.code == -32603)
    }

    @Test("planes hold linear floats: colour, distance, normal and surface colour")
    func planes() async throws {
        let backend = try await Self.withBall()
        let answer = try await backend.call(
            "render-planes",
            [
                "camera_view": Self.view, "renderer": Self.black, "resolution": [33, 33],
                "channels": ["depth", "color", "normal", "albedo", "variance", "depth"],
            ])
        let channels = try #require(answer.json["result"]?["channels"]?.arrayValue)
        #expect(channels.map { $0["name"]?.stringValue } == ["depth", "color", "normal", "albedo", "variance"])
        #expect(channels.map { $0["components"]?.intValue } == [1, 4, 3, 3, 3])
        func middle(_ index: Int) throws -> [Float] {
            let components = Int(try #require(channels[index]["components"]?.intValue))
            let offset = Int(try #require(channels[index]["offset"]?.intValue)) + (16 * 33 + 16) * components * 4
            return answer.payload.withUnsafeBytes { bytes in
                (0..<components).map { bytes.loadUnaligned(fromByteOffset: offset + 4 * $0, as: Float.self) }
            }
        }
        let found = try (0..<5).map(middle)
        #expect(abs(found[0][0] - 3) < 0.2, "\(found)")
        let color = found[1]
        #expect(color[0] > 0.5 && color[1] == 0 && color[2] == 0 && color[3] == 1)
        #expect(found[2][2] > 0.9)
        #expect(found[3] == [1, 0, 0])
        // One sample tells nothing of the others.
        #expect(found[4] == [.infinity, .infinity, .infinity])
        #expect(answer.payload.count == 33 * 33 * 14 * 4)
        #expect(try await backend.call("render-planes", ["channels": ["alpha"]]).code == -32602)
    }

    @Test(
        "fine planes are of as many samples as asked for, 16 where nothing is said; with as many of the colour its own")
    func finePlanes() async throws {
        let backend = try await Self.withBall()
        func planes(_ guides: JSONValue?, samples: JSONValue = 1) async throws -> [String: [Float]] {
            var params: [String: JSONValue] = [
                "camera_view": Self.view, "resolution": [65, 49],
                "renderer": ["name": "production", "params": ["samples_per_pixel": samples]],
                "channels": ["fine_normal", "normal", "fine_albedo", "albedo"],
            ]
            params["guide_samples"] = guides
            let answer = try await backend.call("render-planes", .object(params))
            var found: [String: [Float]] = [:]
            for channel in try #require(answer.json["result"]?["channels"]?.arrayValue) {
                let offset = Int(try #require(channel["offset"]?.intValue))
                #expect(channel["components"] == 3 && channel["size"] == .int(65 * 49 * 12))
                found[try #require(channel["name"]?.stringValue)] = answer.payload.withUnsafeBytes { bytes in
                    (0..<65 * 49 * 3).map { bytes.loadUnaligned(fromByteOffset: offset + 4 * $0, as: Float.self) }
                }
            }
            return found
        }
        func error(_ a: [Float]?, _ b: [Float]?) -> Float { zip(a ?? [], b ?? []).reduce(0) { $0 + abs($1.0 - $1.1) } }
        let (many, plain) = (try await planes(1, samples: 256), try await planes(nil))
        let (sixteen, more) = (try await planes(16), try await planes(64))
        #expect(plain["fine_normal"] == sixteen["fine_normal"] && plain["fine_normal"] != more["fine_normal"])
        #expect(plain["normal"] == more["normal"])
        #expect(error(plain["fine_normal"], many["normal"]) * 2 < error(plain["normal"], many["normal"]))
        #expect(error(more["fine_albedo"], many["albedo"]) < error(plain["fine_albedo"], many["albedo"]))
        let few = try await planes(1)
        #expect(few["fine_normal"] == few["normal"] && few["fine_albedo"] == few["albedo"])
        for wrong: JSONValue in [0, -3, 1025, 1.5, "many"] {
            let answer = try await backend.call(
                "render-planes", ["channels": ["fine_albedo"], "guide_samples": wrong, "resolution": [8, 8]])
            #expect(answer.code == -32602, "\(wrong)")
        }
        #expect(
            try await backend.call("export-gbuffers", ["channels": ["fine_albedo"], "resolution": [8, 8]]).code
                == -32602)
    }

    @Test("the report tells what files hold besides shapes")
    func report() async throws {
        let backend = Backend()
        let empty = try await backend.result("get-scene-report")
        #expect(empty == ["triangles": 0, "warnings": [], "missing_files": [], "lights": []])
        let triangle = [UInt8]("mtllib none.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n".utf8)
        let params: JSONValue = ["type": "obj", "loader_name": "darkroom-mesh", "loader_properties": [:]]
        try await backend.result("upload-model", params, payload: triangle)
        let report = try await backend.result("get-scene-report")
        #expect(report["triangles"] == 1 && report["up"] == "+y")
        #expect(report["missing_files"]?.arrayValue?.isEmpty == false)
    }

    @Test("the outermost points are corners of what is loaded, where it was placed")
    func outermost() async throws {
        let backend = Backend()
        let asked: JSONValue = ["directions": [[1, 0, 0], [0, 1, 0], [-1, -1, 0]]]
        #expect(try await backend.result("get-outermost-points", asked) == [])
        let triangle = [UInt8]("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n".utf8)
        let params: JSONValue = ["type": "obj", "loader_name": "mesh", "loader_properties": [:]]
        try await backend.result("upload-model", params, payload: triangle)
        #expect(try await backend.result("get-outermost-points", asked) == [[1, 0, 0], [0, 1, 0], [0, 0, 0]])
        try await backend.result(
            "update-model", ["model_id": 0, "model": ["transform": ["translation": [5, 0, 0], "scale": [2, 2, 2]]]])
        #expect(try await backend.result("get-outermost-points", asked) == [[7, 0, 0], [5, 2, 0], [5, 0, 0]])
        #expect(try await backend.call("get-outermost-points", ["directions": [[1, 0]]]).code == -32602)
    }

    @Test("a material, a colour, a transform and a clip plane show in the picture")
    func appearance() async throws {
        let backend = try await Self.withBall()
        let params: JSONValue = [
            "image_settings": ["size": [32, 32]], "camera_view": Self.view, "renderer": Self.black,
        ]
        var pictures: [[UInt8]] = []
        func draw() async throws {
            pictures.append(try ImageDecoder.decode(try await backend.call("snapshot", params).payload).packedBytes())
        }
        try await draw()
        try await backend.result("color-model", ["id": 0, "method": "solid", "values": ["color": [0, 1, 0, 1]]])
        try await draw()
        try await backend.result("set-material-phong", ["model_id": 0, "material": ["opacity": 0.5]])
        try await draw()
        try await backend.result(
            "update-model", ["model_id": 0, "model": ["transform": ["translation": [0.5, 0, 0]]]])
        try await draw()
        try await backend.result("add-clipping-planes", ["primitives": [["coefficients": [0, 1, 0, 0]]]])
        try await draw()
        try await backend.result("update-model", ["model_id": 0, "model": ["is_visible": false]])
        try await draw()
        #expect(Set(pictures).count == pictures.count)
        #expect(pictures.last?.allSatisfy { $0 == 0 } == true)
    }
}
