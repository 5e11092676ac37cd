// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import HTTPTypes
import Logging
import Testing

@Suite struct SecrecyTests {
    static let planted = [
        "plantedKey0123456789abcdefABCDEF==", "planted%2Bsig%3D", "planted+sig=",
        "eyJplantedheader.eyJplantedbody.planted",
        "planted-client-secret", "plantedInTheBody",
    ]

    @Test("no log line at any level and no error holds what was planted", arguments: [200, 400, 401, 500])
    func planted(status: Int) async throws {
        // A service that repeats all it was sent, in every place it has.
        let transport = FakeTransport { request, _ in
            let all =
                (request.head.headerFields.map(\.value) + [request.path, request.text, "planted+sig="])
                .joined(separator: " ").replacing("\"", with: "'")
            return .answer(
                status, #"{"error":{"code":"X","message":"\#(all)","details":[{"code":"\#(all)","message":"m"}]}}"#,
                headers: [("X-Echo", all), ("Location", request.path), ("WWW-Authenticate", all)])
        }
        let setup = try ServiceSetup(
            transport, authorizer: BearerAuthorization(StaticToken(Secret("account:\(Self.planted[0])"))))
        var call = ServiceRequest(
            .put, "/c/blob.png?sv=2021-08-06&sig=\(Self.planted[1])&prefix=shown", purpose: "put a picture",
            headers: [HTTPField.Name("X-IDENTITY-HEADER")!: Self.planted[3]],
            body: .bytes(Array("{'client_secret':'\(Self.planted[4])','sas':'\(Self.planted[5])'}".utf8)))
        call.secrets = [Secret(Self.planted[4]), Secret(Self.planted[5])]
        var said = ""
        do {
            _ = try await setup.pipeline.collect(call)
        } catch let error as ServiceError {
            said = "\(error) \(error.message) \(error.body?.summary ?? "")"
            dump(error, to: &said)
        }
        #expect(said.isEmpty == (status == 200))
        for secret in Self.planted {
            #expect(!setup.log.text.contains(secret), "\(secret) in \(setup.log.text)")
            #expect(!said.contains(secret), "\(secret) in \(said)")
        }
    }

    @Test("an info line has method, address without query, status and time")
    func infoLine() async throws {
        let setup = try ServiceSetup([.answer(200)])
        _ = try await setup.pipeline.collect(ServiceSetup.get)
        let lines = setup.log.lines(at: .info)
        #expect(lines.count == 1)
        #expect(lines[0].hasPrefix("GET https://service.example/base/thing 200 0.0 s"))
        #expect(!lines[0].contains("?"))
    }

    @Test("debug lines show listed headers, parameters and members and blank out the others")
    func debugLines() async throws {
        let text = #"{"id":"shown1","other":"hidden1","error":{"code":"shown2","x":["hidden2"],"n":12345}}"#
        let setup = try ServiceSetup([.answer(200, text, headers: [("ETag", "shown3"), ("X-Odd", "hidden3")])])
        _ = try await setup.pipeline.collect(ServiceSetup.get)
        for word in ["shown1", "shown2", "shown3", "prefix=a"] { #expect(setup.log.text.contains(word)) }
        for word in ["hidden", "12345"] { #expect(!setup.log.text.contains(word), "\(setup.log.text)") }
    }

    @Test(
        "texts of unknown origin lose what looks like a secret",
        arguments: [
            ("see https://a/b?sv=1&sig=abc%2B&x=1", "see https://a/b?sv=1&sig=REDACTED&x=1"),
            ("Bearer abcdefghijklmnop1234 refused", "Bearer REDACTED refused"),
            (#"{"access_token":"abc"}"#, #"{"access_token":"REDACTED"}"#),
            ("SharedKey account:abcdefghijklmnop=", "SharedKey REDACTED"),
            ("client_secret=a~b", "client_secret=REDACTED"),
            ("token eyJhbGciOiJIUzI1NiJ9.e30.x", "token REDACTED"), ("nothing to hide", "nothing to hide"), ("", ""),
        ])
    func texts(text: String, expected: String) { #expect(Redaction.text(text) == expected) }
}
