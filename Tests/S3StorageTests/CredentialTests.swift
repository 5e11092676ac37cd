// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPFixtures
import HTTPService
import Testing

@testable import S3Storage

@Suite struct CredentialTests {
    /// A home with files of AWS, gone after the test.
    private func withHome<Result>(
        credentials: String? = nil, config: String? = nil, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("darkroom-aws-\(UUID().uuidString)")
        let folder = home.appendingPathComponent(".aws")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        if let credentials { try Data(credentials.utf8).write(to: folder.appendingPathComponent("credentials")) }
        if let config { try Data(config.utf8).write(to: folder.appendingPathComponent("config")) }
        return try await body(home.path)
    }

    private func chain(
        _ environment: [String: String],
        _ transport: FakeTransport = FakeTransport { _, _ in
            throw TransportError(.unreachable, "nobody is there")
        }, clock: ManualClock = ManualClock()
    ) -> AWSCredentialChain {
        AWSCredentialChain(AWSSurroundings(environment: environment, transport: transport, clock: clock.clock))
    }

    private let files = (
        credentials: """
        # a comment
        [default]
        aws_access_key_id = fromFile
        aws_secret_access_key=file/secret+=
        [other]
        aws_access_key_id = ofOther
        aws_secret_access_key = otherSecret
        aws_session_token = otherToken\r
        [bare]
        """,
        config: """
        [default]
        region = eu-north-1
        s3 =
            addressing_style = virtual
        [profile other]
        region = ap-south-1
        endpoint_url = http://127.0.0.1:9
        [profile role]
        role_arn = arn:aws:iam::1:role/x
        source_profile = default
        """
    )

    @Test("the environment comes before the files, and a named profile before the default one")
    func order() async throws {
        try await withHome(credentials: files.credentials, config: files.config) { home in
            let keys = ["AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"]
            let own = try await chain(keys.merging(["HOME": home]) { $1 }).credentials()
            #expect(own?.keyID.reveal() == "env" && own?.sessionToken?.reveal() == "t")
            let file = try await chain(["HOME": home]).credentials()
            #expect(file?.keyID.reveal() == "fromFile" && file?.key.reveal() == "file/secret+=")
            #expect(file?.sessionToken == nil)
            let other = try await chain(["HOME": home, "AWS_PROFILE": "other"]).credentials()
            #expect(other?.keyID.reveal() == "ofOther" && other?.sessionToken?.reveal() == "otherToken")
        }
    }

    @Test("region and endpoint come from variables, else from the profile")
    func settings() async throws {
        try await withHome(credentials: files.credentials, config: files.config) { home in
            func surroundings(_ more: [String: String]) -> AWSSurroundings {
                AWSSurroundings(
                    environment: more.merging(["HOME": home]) { $1 }, transport: FakeTransport([.answer(200)]))
            }
            let (own, other) = (surroundings([:]), surroundings(["AWS_PROFILE": "other"]))
            let settings = [
                try own.region(), try own.endpoint(), try own.profile()["s3.addressing_style"], try other.region(),
                try other.endpoint(), try surroundings(["AWS_REGION": "us-west-2"]).region(),
                try surroundings(["AWS_ENDPOINT_URL": "http://a"]).endpoint(),
            ]
            #expect(
                settings == [
                    "eu-north-1", nil, "virtual", "ap-south-1", "http://127.0.0.1:9", "us-west-2", "http://a",
                ])
        }
    }

    @Test(
        "a way that is open and leads nowhere is told, without what is secret",
        arguments: [
            (["AWS_ACCESS_KEY_ID": "half"], "AWS_SECRET_ACCESS_KEY is not set"),
            (["AWS_SECRET_ACCESS_KEY": "planted"], "AWS_ACCESS_KEY_ID is not set"),
            (["AWS_PROFILE": "absent"], "no profile \"absent\""), (["AWS_PROFILE": "role"], "role_arn"),
            (["AWS_WEB_IDENTITY_TOKEN_FILE": "/absent"], "AWS_ROLE_ARN"),
            (["AWS_WEB_IDENTITY_TOKEN_FILE": "/absent", "AWS_ROLE_ARN": "a"], "/absent"),
            (
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://elsewhere.example/x", "AWS_PROFILE": "bare"],
                "no service of this machine"
            ),
            (["AWS_PROFILE": "bare"], "No keys for S3"), ([:], "No keys for S3"),
        ] as [([String: String], String)])
    func told(environment: [String: String], words: String) async throws {
        try await withHome(credentials: environment.isEmpty ? nil : files.credentials, config: files.config) { home in
            let error = await #expect(throws: ServiceError.self) {
                try await chain(environment.merging(["HOME": home]) { $1 }).credentials()
            }
            #expect(error?.code == .noCredential)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("planted") == false)
        }
    }

    private static let keys = """
        {"AccessKeyId":"temp","SecretAccessKey":"s","Token":"t","Expiration":"2027-01-15T09:00:00Z","Code":"Success"}
        """

    @Test("a container's role is asked where its variables say, with the token that they name")
    func container() async throws {
        let transport = FakeTransport([.answer(200, Self.keys)])
        let own = try await chain(
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9911/v1/credentials?id=1",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "planted-token",
            ], transport
        ).credentials()
        #expect(own?.keyID.reveal() == "temp" && own?.sessionToken?.reveal() == "t" && own?.expires != nil)
        #expect(transport.requests.map(\.path) == ["/v1/credentials?id=1"])
        #expect(transport.requests.first?.header("Authorization") == "planted-token")
        let task = FakeTransport([.answer(200, Self.keys)])
        _ = try await chain(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"], task).credentials()
        #expect(task.requests.map(\.host) == ["169.254.170.2"])
    }

    @Test("a machine's role is asked in a session; where nobody answers, or the machine has no role, there are no keys")
    func machine() async throws {
        let transport = FakeTransport { request, _ in
            switch request.path {
            case "/latest/api/token": .answer(request.method == "PUT" ? 200 : 405, "session1")
            case "/latest/meta-data/iam/security-credentials/":
                .answer(request.header("x-aws-ec2-metadata-token") == "session1" ? 200 : 401, "my role\n")
            case "/latest/meta-data/iam/security-credentials/my%20role": .answer(200, Self.keys)
            default: .answer(404)
            }
        }
        let clock = ManualClock()
        let machine = chain([:], transport, clock: clock)
        #expect(try await machine.credentials()?.keyID.reveal() == "temp")
        #expect(try await machine.credentials()?.origin == "the machine's role")
        #expect(transport.requests.count == 3)
        // 15 January 2027, 08:00 is when the clock starts; five minutes before nine they are due.
        clock.advance(.seconds(3301))
        _ = try await machine.credentials()
        #expect(transport.requests.count == 6)
        let bare = FakeTransport { request, _ in .answer(request.method == "PUT" ? 200 : 404, "session") }
        await #expect(throws: ServiceError.self) { try await chain([:], bare).credentials() }
        let disabled = FakeTransport([.answer(200, Self.keys)])
        await #expect(throws: ServiceError.self) {
            try await chain(["AWS_EC2_METADATA_DISABLED": "true"], disabled).credentials()
        }
        #expect(disabled.requests.isEmpty)
    }

    @Test("a web identity's token is exchanged for keys, and stands in no error")
    func webIdentity() async throws {
        try await withHome(credentials: "planted+web/token\n") { home in
            let environment = [
                "AWS_WEB_IDENTITY_TOKEN_FILE": "\(home)/.aws/credentials", "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod",
                "AWS_REGION": "eu-west-1",
            ]
            let answer = """
                <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>web</AccessKeyId>
                <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2027-01-15T09:00:00Z</Expiration>
                </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
                """
            let transport = FakeTransport([.answer(200, answer)])
            let own = try await chain(environment, transport).credentials()
            #expect(own?.keyID.reveal() == "web" && own?.expires != nil)
            #expect(transport.requests.first?.host == "sts.eu-west-1.amazonaws.com")
            #expect(transport.requests.first?.text.contains("WebIdentityToken=planted%2Bweb%2Ftoken") == true)
            let refusing = FakeTransport([
                .answer(
                    400,
                    "<ErrorResponse><Error><Code>ExpiredTokenException</Code><Message>planted+web/token is over"
                        + "</Message></Error></ErrorResponse>")
            ])
            let error = await #expect(throws: ServiceError.self) {
                try await chain(environment, refusing).credentials()
            }
            #expect(
                error?.message.contains("ExpiredTokenException") == true && error?.message.contains("planted") == false)
        }
    }

    @Test("many who ask at once cause one search")
    func once() async throws {
        let transport = FakeTransport { _, _ in
            try await Task.sleep(for: .milliseconds(50))
            return .answer(200, Self.keys)
        }
        let own = chain(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], transport)
        try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<20 { group.addTask { try await own.credentials()?.keyID.reveal() } }
            for try await name in group { #expect(name == "temp") }
        }
        #expect(transport.requests.count == 1)
    }
}
