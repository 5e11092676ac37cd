// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import TestFixtures
import Testing

@Suite struct JSONSchemaTests {
    /// The parameter schemas of all methods, as a real server gives them.
    static let schemas: [String: JSONSchema] = {
        guard let bytes = try? Fixtures.bytes("brayns/all-plugins/schemas.json"),
            let json = try? JSONValue(parsing: bytes)
        else { return [:] }
        return (json.objectValue ?? [:]).compactMapValues { $0["params"].map(JSONSchema.init) }
    }()

    @Test(
        "parameters that a real server refused break the schema with the same words",
        arguments: [
            79, 84, 85, 86, 87, 88, 90,
        ])
    func recordedBreaches(number: Int) throws {
        let recording = try Recording(number: number)
        let request = try RPCRequestParser.parse(try #require(recording.request)).get()
        let schema = try #require(Self.schemas[request.method])
        let answer = try JSONValue(parsing: try #require(recording.text("response.json")))
        let lines = try #require(answer["error"]?["data"]?.arrayValue)
        let expected = lines.compactMap(\.stringValue)
        #expect(schema.validate(request.params) == expected)
    }

    @Test("parameters that a real server took fit the schema", arguments: Recording.all)
    func recordedAcceptance(recording: Recording) throws {
        guard let message = recording.request, let request = try? RPCRequestParser.parse(message).get(),
            let answer = try recording.text("response.json").map({ try JSONValue(parsing: $0) }),
            answer["error"] == nil, let schema = Self.schemas[request.method]
        else { return }
        #expect(schema.validate(request.params) == [])
    }

    @Test(
        "further answers of the real server",
        arguments: [
            ("snapshot", #"{"image_settings":{"quality":-1}}"#, "image_settings.quality: value below minimum -1 < 0"),
            (
                "snapshot", #"{"image_settings":{"size":[64.5,64]}}"#,
                "image_settings.size[0]: invalid type, expected integer got number"
            ),
            (
                "snapshot", #"{"image_settings":{"size":[1,2,3]}}"#,
                "image_settings.size: item count above maximum 3 > 2"
            ),
            ("add-light-ambient", #"{"intensity":-1}"#, "intensity: value below minimum -1 < 0"),
            ("set-framebuffer-progressive", #"{"scale":0}"#, "scale: value below minimum 0 < 1"),
            (
                "set-renderer-interactive", #"{"samples_per_pixel":2.0}"#,
                "samples_per_pixel: invalid type, expected integer got number"
            ),
        ])
    func furtherBreaches(method: String, params: String, breach: String) throws {
        let schema = try #require(Self.schemas[method])
        #expect(schema.validate(try JSONValue(parsing: params)) == [breach])
    }

    @Test("a loader's schema is checked in the same words")
    func loaderSchemas() throws {
        let answer = try JSONValue(parsing: try #require(Recording(number: 25).text("response.json")))
        let volume = try #require(
            answer["result"]?.arrayValue?.first { $0["name"] == "raw-volume" }?["input_parameters_schema"])
        let request = try RPCRequestParser.parse(try #require(Recording(number: 62).request)).get()
        #expect(
            JSONSchema(volume).validate(request.params?["loader_properties"]) == [
                "data_type: invalid enum 'unsigned_char' not in ['unsinged_char', 'short', 'unsigned_short', "
                    + "'half_float', 'float', 'double']"
            ])
    }

    @Test("unknown properties are named before missing ones")
    func order() {
        let schema = JSONSchema([
            "type": "object", "properties": ["a": ["type": "string"]], "required": ["a"], "additionalProperties": false,
        ])
        #expect(schema.validate(["x": 1]) == ["unknown property 'x'", "missing required property 'a'"])
    }

    @Test(
        "each rule, both ways",
        arguments: [
            (["type": "number"], 1, []), (["type": "number"], true, ["invalid type, expected number got boolean"]),
            (["type": "integer"], nil, ["invalid type, expected integer got null"]), ([:], ["a": 1], []),
            (["maximum": 2], 2.5, ["value above maximum 2.5 > 2"]), (["minimum": 0.01], 0.01, []),
            (["minItems": 2], [1], ["item count below minimum 1 < 2"]),
            (["items": ["type": "string"]], ["a", 1], ["[1]: invalid type, expected string got integer"]),
            (["enum": [1, "a"]], 2, ["invalid enum 2 not in [1, 'a']"]), (["enum": [1, "a"]], "a", []),
            (["oneOf": [["type": "null"], ["type": "integer"]]], "x", ["invalid oneOf, no schemas match input"]),
            (["oneOf": [["type": "null"], ["type": "integer"]]], nil, []),
            (
                ["additionalProperties": ["type": "string"]], ["k": 1], ["k: invalid type, expected string got integer"]
            ),
        ] as [(JSONValue, JSONValue, [String])])
    func rules(schema: JSONValue, value: JSONValue, breaches: [String]) {
        #expect(JSONSchema(schema).validate(value) == breaches)
    }
}
