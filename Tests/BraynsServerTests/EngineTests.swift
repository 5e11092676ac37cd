// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Testing

@testable import BraynsServer

@Suite struct EngineTests {
    private static let sphere: JSONValue = [["color": [1, 0, 0, 1], "geometry": ["center": [0, 0, 0], "radius": 1]]]

    @Test("numbers are told in single precision, as they were given otherwise")
    func numbers() async throws {
        let backend = Backend()
        try await backend.result(
            "set-camera-view", ["position": [4, 3, 5.1], "target": [0, 0, 3.414213562373095], "up": [0, 1, 0]])
        let answer = try await backend.call("get-camera-view")
        #expect(answer.text.contains(#""position":[4,3,5.1],"target":[0,0,3.4142137],"up":[0,1,0]"#))
        #expect(try await backend.call("get-camera-near-clip").text.contains(#"{"distance":0.000001}"#))
    }

    @Test("what is left out stays as it was, or is the kind's default")
    func merging() async throws {
        let backend = Backend()
        try await backend.result("set-camera-perspective", ["fovy": 30])
        try await backend.result("set-camera-perspective", ["focus_distance": 2])
        #expect(
            try await backend.result("get-camera-perspective")
                == ["aperture_radius": 0, "focus_distance": 2, "fovy": 30])
        try await backend.result("set-camera-orthographic", ["height": 3])
        #expect(try await backend.call("get-camera-perspective").code == -32600)
        try await backend.result("set-camera-perspective", [:])
        #expect(try await backend.result("get-camera-perspective")["fovy"] == 45)
        try await backend.result("set-renderer-production", [:])
        #expect(
            try await backend.result("get-renderer-production")
                == ["background_color": [0, 0, 0, 1], "max_ray_bounces": 3, "samples_per_pixel": 5])
        #expect(try await backend.result("get-renderer-type") == "production")
    }

    @Test(
        "values that no camera can have are refused",
        arguments: [
            ("set-camera-perspective", ["fovy": 0]), ("set-camera-perspective", ["fovy": 180]),
            ("set-camera-orthographic", ["height": -1]), ("set-camera-near-clip", ["distance": -1]),
            ("set-camera-region", ["image_start": [0, 2], "image_end": [1, 0]]),
            ("set-camera-view", ["position": [1, 1, 1], "target": [1, 1, 1], "up": [0, 1, 0]]),
            ("set-camera-view", ["position": [0, 0, 0], "target": [0, 1, 0], "up": [0, 1, 0]]),
            ("set-camera-view", ["position": [0, 0, 0], "target": [0, 1, 0], "up": [0, 0, 0]]),
        ] as [(String, JSONValue)])
    func badCamera(method: String, params: JSONValue) async throws {
        let answer = try await Backend().call(method, params)
        #expect(answer.code == -32603)
    }

    @Test("numbers of models are given out again, the last released first, and from 0 after clear-models")
    func identifiers() async throws {
        let backend = Backend()
        for _ in 0..<4 { try await backend.result("add-spheres", Self.sphere) }
        try await backend.result("remove-model", ["ids": [1, 3]])
        #expect(try await backend.result("add-light-ambient", [:])["model_id"] == 3)
        #expect(try await backend.result("add-light-ambient", [:])["model_id"] == 1)
        #expect(try await backend.call("remove-model", ["ids": [0, 77]]).message == "No instance with id 77 was found")
        #expect(try await backend.result("get-model", ["id": 0])["model_type"] == "geometry")
        try await backend.result("clear-models")
        #expect(try await backend.result("add-light-ambient", [:])["model_id"] == 0)
    }

    @Test("instances share colour and material, and have places of their own")
    func instances() async throws {
        let backend = Backend()
        try await backend.result("add-spheres", Self.sphere)
        let copies = try await backend.result(
            "instantiate-model",
            [
                "model_id": 0,
                "transforms": [["translation": [5, 0, 0]], ["scale": [2, 2, 2], "rotation": [0, 0, 0, 1]]],
            ])
        #expect(copies.arrayValue?.map { $0["model_id"] } == [1, 2])
        #expect(copies.arrayValue?[0]["bounds"] == ["max": [6, 1, 1], "min": [4, -1, -1]])
        #expect(copies.arrayValue?[1]["bounds"] == ["max": [2, 2, 2], "min": [-2, -2, -2]])
        try await backend.result("set-material-metal", ["model_id": 1, "material": ["roughness": 0.25]])
        #expect(try await backend.result("get-material-metal", ["id": 2]) == ["roughness": 0.25])
        try await backend.result("remove-model", ["ids": [0]])
        #expect(try await backend.result("get-scene")["bounds"] == ["max": [6, 2, 2], "min": [-2, -2, -2]])
        #expect(try await backend.call("instantiate-model", ["model_id": 0, "transforms": []]).code == -32603)
    }

    @Test("a turned model is boxed by its corners, not by its box")
    func exactBounds() async throws {
        let backend = Backend()
        let box: JSONValue = [["color": [1, 1, 1, 1], "geometry": ["min": [-1, -1, -1], "max": [1, 1, 1]]]]
        try await backend.result("add-boxes", box)
        let moved = try await backend.result(
            "update-model",
            ["model_id": 0, "model": ["is_visible": false, "transform": ["translation": [1, 2, 3]]]])
        #expect(moved["is_visible"] == false && moved["bounds"] == ["max": [2, 3, 4], "min": [0, 1, 2]])
        let shown = try await backend.result("update-model", ["model_id": 0, "model": ["is_visible": true]])
        #expect(shown["transform"]?["translation"] == [1, 2, 3] && shown["is_visible"] == true)
    }

    @Test("a model is coloured whole or part by part")
    func colors() async throws {
        let backend = Backend()
        try await backend.result("add-spheres", .array(Array(repeating: Self.sphere.arrayValue?[0] ?? .null, count: 3)))
        #expect(try await backend.result("get-color-methods", ["id": 0]) == ["primitive", "solid"])
        #expect(try await backend.result("get-color-values", ["id": 0, "method": "primitive"]) == ["0-2"])
        #expect(try await backend.result("get-color-values", ["id": 0, "method": "solid"]) == ["color"])
        try await backend.result(
            "color-model", ["id": 0, "method": "primitive", "values": ["0-1": [0, 1, 0, 1], "2": [0, 0, 1, 1]]])
        for values in [["0-3": [0, 1, 0, 1]], ["x": [0, 1, 0, 1]], ["-1": [0, 1, 0, 1]], ["2-1": [0, 0, 0, 1]]]
            as [JSONValue]
        {
            #expect(
                try await backend.call("color-model", ["id": 0, "method": "primitive", "values": values]).code == -32603
            )
        }
        #expect(
            try await backend.call("color-model", ["id": 0, "method": "zzz", "values": ["a": [1, 1, 1, 1]]]).code
                == -32603)
        try await backend.result("add-light-ambient", [:])
        #expect(try await backend.result("get-color-methods", ["id": 1]) == [])
        #expect(try await backend.call("get-material-type", ["id": 1]).code == 0)
        #expect(try await backend.call("get-color-ramp", ["id": 0]).code == 0)
        #expect(try await backend.call("enable-simulation", ["model_id": 0, "enabled": true]).code == 0)
    }

    @Test(
        "every material comes back as it was set",
        arguments: ["phong", "matte", "plastic", "metal", "glass", "emissive", "carpaint", "principled", "ghost"])
    func materials(name: String) async throws {
        let backend = Backend()
        try await backend.result("add-spheres", Self.sphere)
        #expect(try await backend.result("get-material-type", ["id": 0]) == "phong")
        try await backend.result("set-material-\(name)", ["model_id": 0, "material": [:]])
        #expect(try await backend.result("get-material-type", ["id": 0]) == .string(name))
        let values = try await backend.result("get-material-\(name)", ["id": 0])
        try await backend.result("set-material-\(name)", ["model_id": 0, "material": values])
        #expect(try await backend.result("get-material-\(name)", ["id": 0]) == values)
        let other = name == "phong" ? "matte" : "phong"
        #expect(try await backend.call("get-material-\(other)", ["id": 0]).code == -32600)
    }

    @Test("only what is asked for is cleared")
    func clearing() async throws {
        let backend = Backend()
        try await backend.result("add-spheres", Self.sphere)
        try await backend.result("add-light-sphere", ["radius": 2])
        try await backend.result("add-clipping-planes", ["primitives": [["coefficients": [1, 0, 0, 0]]]])
        try await backend.result("clear-clipping-geometries")
        try await backend.result("clear-renderables")
        let models = try await backend.result("get-scene")["models"]?.arrayValue ?? []
        #expect(models.map { $0["model_type"] } == ["light"])
        // No box, as with a real Brayns: its largest corner lies below its smallest.
        let empty = models.first?["bounds"]?["max"]?.arrayValue?.first?.doubleValue ?? 0
        #expect(empty < -1e38)
        try await backend.result("clear-lights")
        #expect(try await backend.result("get-scene")["models"] == [])
    }

    @Test("every kind of shape cuts, turned inside out too; a plane without a direction does not")
    func cuts() async throws {
        let backend = Backend()
        let vector: JSONValue = [1, 2, 3]
        let bounds: JSONValue = ["min": [0, 0, 0], "max": [1, 1, 1]]
        let shapes: [(String, JSONValue)] = [
            ("spheres", ["center": vector, "radius": 1]), ("boxes", bounds),
            ("planes", ["coefficients": [1, 0, 0, 0]]),
            ("capsules", ["p0": vector, "r0": 1, "p1": [0, 0, 0], "r1": 2]),
            ("bounded-planes", ["coefficients": [1, 0, 0, 0], "bounds": bounds]),
        ]
        for (kind, shape) in shapes {
            for isInverted in [false, true] {
                let model = try await backend.result(
                    "add-clipping-\(kind)", ["primitives": [shape], "invert_normals": .bool(isInverted)])
                #expect(model["model_type"]?.stringValue == "clip_geometry", "\(kind)")
            }
        }
        let flat: JSONValue = ["primitives": [["coefficients": [0, 0, 0, 1]]]]
        #expect(try await backend.call("add-clipping-planes", flat).code == -32603)
        #expect(try await backend.result("get-scene")["models"]?.arrayValue?.count == 10)
    }
}
