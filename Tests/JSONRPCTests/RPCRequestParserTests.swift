// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import TestFixtures
import Testing

@Suite struct RPCRequestParserTests {
    @Test(
        "what a real server refused is refused with the same bytes",
        arguments: [74, 78, 95, 96, 97, 98, 99, 100, 101, 106, 107])
    func recordedRefusals(number: Int) throws {
        let recording = try Recording(number: number)
        guard case .failure(let error) = RPCRequestParser.parse(try #require(recording.request)) else {
            Issue.record("\(recording.name) was accepted")
            return
        }
        #expect(RPCResponse.error(id: nil, error) == .text(try #require(recording.text("response.json"))))
    }

    @Test(
        "what a real server accepted is accepted, and its answer has the same bytes",
        arguments: [
            71, 72, 73, 80, 102, 103, 104,
        ])
    func recordedAnswers(number: Int) throws {
        let recording = try Recording(number: number)
        let request = try RPCRequestParser.parse(try #require(recording.request)).get()
        #expect(request.method == "get-version")
        let version: JSONValue = ["major": 3, "minor": 10, "patch": 1, "revision": "747afcdfc"]
        let response = RPCResponse.result(id: try #require(request.id), version)
        #expect(response == .text(try #require(recording.text("response.json"))))
    }

    @Test("every other recorded request is read", arguments: Recording.all)
    func everyRequest(recording: Recording) throws {
        guard let message = recording.request, recording.text("response.json")?.contains("\"id\":null") != true
        else { return }
        let request = try RPCRequestParser.parse(message).get()
        #expect(!request.method.isEmpty)
    }

    @Test("a request without id, or with null, is a notification", arguments: [75, 76, 77])
    func notifications(number: Int) throws {
        let request = try RPCRequestParser.parse(try #require(Recording(number: number).request)).get()
        #expect(request.id == nil)
    }

    @Test("the bytes after the JSON of an upload are its payload")
    func upload() throws {
        let request = try RPCRequestParser.parse(try #require(Recording(number: 105).request)).get()
        #expect(request.method == "upload-model")
        #expect(request.payload.count == 2074)
        #expect(request.params?["type"] == "obj")
    }

    @Test("binary answers are put together as recorded", arguments: [45, 47, 54, 55, 69])
    func binaryAnswers(number: Int) throws {
        let recording = try Recording(number: number)
        let frame = try #require(recording.bytes("response.bin"))
        let (json, payload) = try BinaryFrame.decode(frame)
        #expect(json == recording.text("response.json"))
        let parsed = try JSONValue(parsing: json)
        let id = try #require(parsed["id"].flatMap(RPCID.init))
        let again = RPCResponse.result(id: id, try #require(parsed["result"]), payload: [UInt8](payload))
        #expect(again == .binary(frame))
    }

    @Test("progress is written as recorded")
    func progress() throws {
        let lines = try #require(Recording(number: 108).text("progress.jsonl")).split(separator: "\n")
        for (line, amount) in zip(lines, [0, 0.0711111128, 0.1422222257]) {
            let message = RPCResponse.progress(
                method: "snapshot", id: .int(920), amount: amount, operation: "Rendering snapshot ...")
            #expect(message == .text(String(line)))
        }
    }

    @Test("errors of methods are written as recorded", arguments: [79, 81, 83, 84, 86, 88, 89, 91, 112])
    func methodErrors(number: Int) throws {
        let text = try #require(Recording(number: number).text("response.json"))
        let parsed = try JSONValue(parsing: text)
        let error = RPCError(
            code: Int(try #require(parsed["error"]?["code"]?.intValue)),
            message: try #require(parsed["error"]?["message"]?.stringValue), data: parsed["error"]?["data"])
        #expect(RPCResponse.error(id: parsed["id"].flatMap(RPCID.init), error) == .text(text))
    }

    @Test("frames of odd sizes come apart as they were put together", arguments: [0, 1, 7, 64, 257])
    func frames(size: Int) throws {
        let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        let json = #"{"é":""# + String(repeating: "x", count: size) + #""}"#
        let parts = try BinaryFrame.decode(BinaryFrame.encode(json: json, payload: payload))
        #expect(parts.json == json)
        #expect([UInt8](parts.payload) == payload)
    }

    @Test(
        "frames that are too short or lie about their size are refused",
        arguments: [
            [], [1, 0, 0], [1, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF, 1], [1, 0, 0, 0, 0xFF],
        ] as [[UInt8]])
    func badFrames(bytes: [UInt8]) {
        #expect(throws: RPCError.self) { try BinaryFrame.decode(bytes) }
    }
}
