// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Foundation
import HTTPFixtures
import HTTPService
import JSONRPC
import Testing

@Suite struct WireTests {
    @Test(
        "a number may be whole, broken, a text or absent",
        arguments: [("12", 12.0), ("12.0", 12), (#""12""#, 12), ("12.5", 12.5), ("null", nil)])
    func numbers(text: String, value: Double?) async throws {
        let answer =
            #"{"order":"start","exec":"running","cpu_usage":\#(text),"progress":{"fps":\#(text),"inputs":[{"width":\#(text)}]}}"#
        let state = try await CoreSetup(200, answer).client.processState("p")
        #expect(state.cpuUsage == value && state.progress?.fps == value)
        #expect(state.progress?.inputs?[0].width == value.map { Int($0) })
        #expect(state.memoryBytes == nil)
    }

    @Test("what is no number is an answer that cannot be read", arguments: [#""twelve""#, "true", "{}", "1e300"])
    func noNumbers(text: String) async throws {
        let answer = #"{"order":"start","exec":"running","progress":{"inputs":[{"width":\#(text)}]}}"#
        let error = await #expect(throws: ServiceError.self) {
            try await CoreSetup(200, answer).client.processState("p")
        }
        #expect(error?.code == .unreadable)
    }

    @Test("members and states of versions to come are passed over")
    func unknown() async throws {
        let answer = #"{"order":"start","exec":"dreaming","dreams":{"of":["sheep"]},"reconnect_seconds":-1.0}"#
        let state = try await CoreSetup(200, answer).client.processState("p")
        #expect(state.exec.rawValue == "dreaming")
    }

    @Test(
        "a process is over when nothing will start it again",
        arguments: [
            ("start", "finished", -1.0, true), ("start", "failed", 5, false), ("stop", "killed", 5, true),
            ("start", "running", -1, false), ("stop", "finishing", -1, false),
        ])
    func over(order: String, exec: String, reconnect: Double, isOver: Bool) async throws {
        let answer = #"{"order":"\#(order)","exec":"\#(exec)","reconnect_seconds":\#(reconnect)}"#
        #expect(try await CoreSetup(200, answer).client.processState("p").isOver == isOver)
    }

    @Test("a change of a process names only what it changes")
    func changes() async throws {
        let setup = try CoreSetup(200, "{}")
        var change = CoreProcessConfig()
        change.reconnectDelaySeconds = 7
        _ = try await setup.client.changeProcess("p", change)
        #expect(setup.transport.requests[0].text == #"{"reconnect_delay_seconds":7}"#)
    }

    @Test("names within kept values are left alone")
    func metadata() async throws {
        let value: JSONValue = ["snake_case": ["camelCase": 1, "_x": [["deep_er": 2]]]]
        let setup = try CoreSetup(200, value.serialized())
        #expect(try await setup.client.metadata("k") == value)
        try await setup.client.setMetadata("k", to: value)
        #expect(try JSONValue(parsing: setup.transport.requests[1].body) == value)
        let process = try await CoreSetup(200, #"{"id":"p","metadata":\#(value.serialized())}"#).client.process("p")
        #expect(process.metadata == value)
    }

    @Test("settings are found, set and removed by dotted names")
    func settings() {
        var settings = CoreSettings()
        settings["api.auth.username"] = "admin"
        settings["api.auth.enable"] = true
        #expect(settings["api.auth.username"] == "admin" && settings["api.nothing.here"] == nil)
        settings["api.auth.enable"] = nil
        #expect(settings.value == ["version": 3, "api": ["auth": ["username": "admin"]]])
        #expect("\(settings)" == "CoreSettings(api, version)")
    }

    @Test("an encoder is found by its codec's name or its own")
    func skills() async throws {
        let answer = #"{"codecs":{"video":[{"id":"h264","encoders":["libx264"]},{"id":"av1","encoders":null}]}}"#
        let skills = try await CoreSetup(200, answer).client.skills()
        #expect(skills.canEncodeVideo("libx264") && skills.canEncodeVideo("h264") && !skills.canEncodeVideo("x265"))
    }
}
