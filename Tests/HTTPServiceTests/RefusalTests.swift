// SPDX-License-Identifier: Apache-2.0
import HTTPFixtures
import HTTPService
import HTTPTypes
import Testing

@Suite struct RefusalTests {
    private struct Thing: Decodable { var name: String }

    @Test("a refusal carries everything the service says")
    func whole() async throws {
        let text = #"""
            {"error":{"code":"TooSmall","message":"must grow","target":"lease","details":[{"code":"D","message":"d"}],
            "innerError":{"code":"I","message":"i"}}}
            """#
        let setup = try ServiceSetup([.answer(422, text, headers: [("MS-CV", "abc.0"), ("x-ms-request-id", "r1")])])
        let error = try #require(await setup.failure(ServiceSetup.get))
        #expect(error.code == .refused && error.status == 422)
        #expect(error.body?.target == "lease" && error.body?.details.first?.code == "D")
        #expect(error.body?.innerError?.code == "I")
        #expect(error.correlation == "abc.0" && error.requestID == "r1")
        for part in ["422", "get the thing", "service.example", "must grow", "abc.0", "r1", "TooSmall", "i"] {
            #expect(error.message.contains(part), "\(error.message)")
        }
    }

    @Test(
        "a refusal whose body is no JSON keeps its status",
        arguments: [
            ("<html><body>Bad gateway</body></html>", "an HTML page"), ("", "answered 400"), ("{", "JSON"),
            ("oops", "text"), ("[1]", "JSON"), (#"{"error":null}"#, "JSON"), (#"{"error":7}"#, "JSON"),
        ])
    func unreadableRefusals(text: String, words: String) async throws {
        let error = try #require(try await ServiceSetup([.answer(400, text)]).failure(ServiceSetup.get))
        #expect(error.status == 400 && error.code == .refused)
        #expect(error.message.contains(words), "\(error.message)")
    }

    @Test(
        "an answer that is not what the call gives says what came instead",
        arguments: [
            ("<!DOCTYPE html><p>Sign in", "an HTML page that is no JSON"), ("{\"name\":", "no JSON"), ("", "nothing"),
            ("{}", "without the member name"), ("{\"name\":7}", "member name is of another kind"),
        ])
    func unreadableAnswers(text: String, words: String) async throws {
        let setup = try ServiceSetup([.answer(200, text, headers: [("MS-CV", "cv7")])])
        let error = await #expect(throws: ServiceError.self) {
            try await setup.pipeline.json(ServiceSetup.get, as: Thing.self)
        }
        #expect(error?.code == .unreadable && error?.status == 200)
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        #expect(error?.message.contains("cv7") == true)
    }

    @Test("redirects are named, not followed")
    func redirects() async throws {
        let setup = try ServiceSetup([.answer(307, headers: [("Location", "https://other.example/x?sig=planted")])])
        let error = try #require(await setup.failure(ServiceSetup.get))
        #expect(setup.transport.requests.count == 1)
        #expect(error.message.contains("https://other.example/x, which is not followed"))
    }

    @Test("an answer longer than allowed is refused")
    func tooLarge() async throws {
        let setup = try ServiceSetup(
            FakeTransport([.answer(200, String(repeating: "x", count: 65))]), change: { $0.largestAnswer = 64 })
        #expect(await setup.failure(ServiceSetup.get)?.code == .tooLarge)
    }

    @Test("statuses that a call accepts are answers")
    func accepted() async throws {
        var call = ServiceSetup.get
        call.accepts = [404]
        #expect(try await ServiceSetup([.answer(404)]).pipeline.collect(call).status == 404)
    }

    @Test(
        "OAuth errors are read",
        arguments: [(#"{"error":"invalid_client","error_description":"AADSTS7000215: no"}"#, "AADSTS7000215: no")])
    func oauth(text: String, words: String) async throws {
        let error = try await ServiceSetup([.answer(401, text)]).failure(ServiceSetup.get)
        #expect(error?.body?.code == "invalid_client")
        #expect(error?.message.contains(words) == true)
    }
}
