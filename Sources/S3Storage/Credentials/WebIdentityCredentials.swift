// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes

/// A role that a token in a file stands for, as Kubernetes gives pods one: `AWS_WEB_IDENTITY_TOKEN_FILE` and
/// `AWS_ROLE_ARN`.
struct WebIdentityCredentials: AWSCredentialSource {
    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials? {
        guard let file = surroundings.variable("AWS_WEB_IDENTITY_TOKEN_FILE") else { return nil }
        guard let role = surroundings.variable("AWS_ROLE_ARN") else {
            throw ServiceError(.noCredential, "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not.")
        }
        let token = try surroundings.text(of: file, for: "The token of the web identity,")
        let form = PercentEncoding.query([
            ("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"), ("RoleArn", role),
            ("RoleSessionName", surroundings.variable("AWS_ROLE_SESSION_NAME") ?? "darkroom"),
            ("WebIdentityToken", token.reveal()),
        ])
        var call = ServiceRequest(
            .post, "/", purpose: "take on the role of the web identity",
            headers: [.contentType: "application/x-www-form-urlencoded", .accept: "application/xml"],
            body: .bytes(Array(form.utf8)), isRepeatable: true)
        call.secrets = [token]
        let answer = try await pipeline().collect(call)
        let result = XMLElementTree.parse(answer.bytes)?["AssumeRoleWithWebIdentityResult"]?["Credentials"]
        guard let name = result?["AccessKeyId"]?.text, let key = result?["SecretAccessKey"]?.text else {
            throw ServiceError(.unreadable, "The security token service answered without keys.")
        }
        return AWSCredentials(
            keyID: Secret(name), key: Secret(key), sessionToken: result?["SessionToken"].map { Secret($0.text) },
            expires: result?["Expiration"].flatMap { try? Date($0.text, strategy: .iso8601) },
            origin: "the web identity")
    }

    private func pipeline() throws -> ServicePipeline {
        let region = try surroundings.region()
        let address =
            surroundings.variable("AWS_ENDPOINT_URL_STS")
            ?? region.map { "https://sts.\($0).\(S3Region.domain(of: $0))" } ?? "https://sts.amazonaws.com"
        var configuration = ServiceConfiguration(name: "The security token service")
        (configuration.clock, configuration.logger) = (surroundings.clock, surroundings.logger)
        configuration.tryTimeout = .seconds(15)
        configuration.readError = { S3Refusal.read($0, $1) }
        return ServicePipeline(
            endpoint: try ServiceEndpoint(address), transport: surroundings.transport, configuration: configuration)
    }
}
