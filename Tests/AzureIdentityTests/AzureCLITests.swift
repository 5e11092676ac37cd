// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import Foundation
import HTTPFixtures
import HTTPService
import TestFixtures
import Testing

@Suite struct AzureCLITests {
    /// Asks a program named `az` for a token that does what a script says.
    ///
    /// The program is not written by the test: what another thread starts just then would keep it open for writing, and
    /// the system starts no such file.
    private func token(script: String, tenant: String? = nil, limit: Duration = .seconds(30)) async throws
        -> AccessToken
    {
        let folder = Fixtures.url("identity").path
        let context = IdentityContext(
            transport: FakeTransport([.answer(500)]), clock: ManualClock().clock,
            environment: ["PATH": "\(folder):/usr/bin:/bin", "TEST_SCRIPT": script])
        return try await AzureCLICredential(tenant: tenant, limit: limit, context)
            .token(for: "https://sts.eastus.mixedreality.azure.com/.default")
    }

    @Test("asks as Microsoft's library does, without colours and input, and reads both spellings of the end")
    func asks() async throws {
        let words = #"printf '{"accessToken":"%s|%s|%s","expires_on":1800003600}' "$*" "$AZURE_CORE_NO_COLOR" "$(cat)""#
        let token = try await token(script: words, tenant: "T")
        #expect(
            token.value.reveal()
                == "account get-access-token --output json --resource https://sts.eastus.mixedreality.azure.com --tenant T"
                + "|true|")
        #expect(token.expires == Date(timeIntervalSince1970: 1_800_003_600))
        let old = try await self.token(
            script: #"echo '{"accessToken":"a","expiresOn":"2027-06-01 10:00:00.000000","tokenType":"Bearer"}'"#)
        #expect(abs(old.expires.timeIntervalSince1970 - 1_811_844_000) < 86400)
    }

    @Test("nobody logged in is no credential, and other ends tell the program's last words")
    func refusals() async throws {
        let nobody = await #expect(throws: ServiceError.self) {
            try await token(script: "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1")
        }
        #expect(nobody?.code == .noCredential && nobody?.message.contains("az login") == true)
        let odd = await #expect(throws: ServiceError.self) {
            try await token(script: "echo 'first' >&2; echo 'disk client_secret=planted' >&2; exit 3")
        }
        #expect(odd?.code == .unauthorized && odd?.message.contains("code 3: disk") == true)
        #expect(odd?.message.contains("planted") == false)
        let empty = await #expect(throws: ServiceError.self) { try await token(script: "echo '<html>'") }
        #expect(empty?.code == .unreadable)
    }

    @Test("a program that hangs, with its children, is killed when its time is over")
    func hangs() async throws {
        let error = await #expect(throws: ServiceError.self) {
            try await token(script: "sleep 300 & sleep 300", limit: .milliseconds(200))
        }
        #expect(error?.code == .timedOut)
    }

    @Test("a machine without the program has no such credential")
    func missing() async throws {
        let context = IdentityContext(transport: FakeTransport([.answer(500)]), environment: ["PATH": "/nowhere"])
        let error = await #expect(throws: ServiceError.self) { try await AzureCLICredential(context).token(for: "s") }
        #expect(error?.code == .noCredential)
    }
}
