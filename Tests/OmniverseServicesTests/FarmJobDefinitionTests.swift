// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import JSONRPC
import OmniverseServices
import Testing

@Suite struct FarmJobDefinitionTests {
    private var definition: FarmJobDefinition {
        var definition = FarmJobDefinition(name: "stills", command: "/opt/a \"b\"\\c")
        definition.arguments = ["thumbnail", "tab\there"]
        definition.allowed = ["model": .place(0), "size": .flag("--size")]
        definition.environment = ["PATH": "/bin"]
        return definition
    }

    @Test("the file quotes texts as TOML has them")
    func toml() {
        #expect(
            definition.toml == #"""
                [job.stills]
                job_type = "base"
                name = "stills"
                command = "/opt/a \"b\"\\c"
                args = ["thumbnail", "tab\u0009here"]
                success_return_codes = [0]
                log_to_stdout = true

                [job.stills.allowed_args]
                model = { arg = "0" }
                size = { arg = "--size", separator = "=" }

                [job.stills.env]
                PATH = "/bin"
                """#)
    }

    @Test("the object for the queue has the texts as they are")
    func json() {
        #expect(definition.json["command"] == "/opt/a \"b\"\\c")
        #expect(
            definition.json["allowed_args"] == ["model": ["arg": "0"], "size": ["arg": "--size", "separator": "="]])
        #expect(definition.json["env"] == ["PATH": "/bin"])
    }

    @Test(
        "the queue takes the definition and gives it back",
        .enabled(if: StandIn.interpreter != nil, "DARKROOM_PYTHON does not name an interpreter with fastapi"))
    func saved() async throws {
        try await StandIn.run { address in
            let client = try AsyncClient(uri: address + "/queue/management")
            var call = EndpointCall(path: "/jobs/save", method: .post)
            call.named = definition.json.objectValue ?? [:]
            call.headers[try #require(HTTPField.Name("X-API-KEY"))] = "change-me"
            _ = try await client.send(call)
            let loaded = try await client.jobs.load.get()
            #expect(loaded["stills"]?["command"] == "/opt/a \"b\"\\c", "\(loaded)")
        }
    }
}
