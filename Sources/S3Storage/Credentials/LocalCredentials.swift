// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
struct EnvironmentCredentials: AWSCredentialSource {
    var surroundings: AWSSurroundings

    func credentials() throws -> AWSCredentials? {
        let (name, key) = (
            surroundings.variable("AWS_ACCESS_KEY_ID"), surroundings.variable("AWS_SECRET_ACCESS_KEY")
        )
        switch (name, key) {
        case (let name?, let key?):
            return AWSCredentials(
                keyID: Secret(name), key: Secret(key),
                sessionToken: surroundings.variable("AWS_SESSION_TOKEN").map { Secret($0) }, origin: "the environment")
        case (nil, nil): return nil
        default:
            let missing = name == nil ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY"
            throw ServiceError(.noCredential, "Half of a key is in the environment: \(missing) is not set.")
        }
    }
}

/// The keys that the user's files have for the profile.
struct ProfileCredentials: AWSCredentialSource {
    var surroundings: AWSSurroundings

    func credentials() throws -> AWSCredentials? {
        let profile = try surroundings.profile()
        let isNamed = profile.name != "default"
        guard profile.isThere else {
            guard isNamed else { return nil }
            throw ServiceError(
                .noCredential, "There is no profile \"\(profile.name)\" in the files of AWS; look at AWS_PROFILE.")
        }
        if let name = profile["aws_access_key_id"], let key = profile["aws_secret_access_key"] {
            return AWSCredentials(
                keyID: Secret(name), key: Secret(key),
                sessionToken: profile["aws_session_token"].map { Secret($0) }, origin: "the profile \(profile.name)")
        }
        // Ways that ask programs or other accounts are left to the tools that know them.
        let foreign = ["role_arn", "credential_process", "sso_session", "sso_start_url"].first { profile[$0] != nil }
        guard let foreign else { return nil }
        throw ServiceError(
            .noCredential,
            "The profile \(profile.name) gets its keys by \(foreign), which darkroom does not follow; put them into the "
                + "environment with: aws configure export-credentials --profile \(profile.name) --format env")
    }
}
