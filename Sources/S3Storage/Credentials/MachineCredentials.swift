// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Logging

/// How services of the machine tell keys that end.
struct TemporaryKeys: Decodable {
    var AccessKeyId: String
    var SecretAccessKey: String
    var Token: String?
    var Expiration: String?

    func credentials(origin: String) -> AWSCredentials {
        AWSCredentials(
            keyID: Secret(AccessKeyId), key: Secret(SecretAccessKey), sessionToken: Token.map { Secret($0) },
            expires: Expiration.flatMap { try? Date($0, strategy: .iso8601) }, origin: origin)
    }
}

/// The role of a task of ECS or a pod of EKS, told by a service beside it.
struct ContainerCredentials: AWSCredentialSource {
    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials? {
        let (address, target): (String, String)
        if let relative = surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            (address, target) = (surroundings.containerService, relative.hasPrefix("/") ? relative : "/\(relative)")
        } else if let full = surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
            guard let parts = URLComponents(string: full), let host = parts.host,
                Self.isNear(host) || parts.scheme == "https"
            else {
                throw ServiceError(
                    .noCredential,
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI names no service of this machine, and is not https.")
            }
            address = "\(parts.scheme ?? "http")://\(parts.encodedHost ?? host)\(parts.port.map { ":\($0)" } ?? "")"
            target =
                (parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath)
                + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
        } else {
            return nil
        }
        var call = ServiceRequest(.get, target, purpose: "tell the keys of the container's role")
        if let file = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            let token = try surroundings.text(of: file, for: "The token of the container,")
            call.headers[.authorization] = token.reveal()
        } else if let token = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
            call.headers[.authorization] = token
        }
        let pipeline = try surroundings.pipeline("The container's credential service", at: address)
        return try await pipeline.json(call, as: TemporaryKeys.self).credentials(origin: "the container's role")
    }

    /// This machine, and the link-local addresses that ECS and EKS answer at.
    private static func isNear(_ host: String) -> Bool {
        host == "localhost" || host.hasPrefix("127.")
            || ["169.254.170.2", "169.254.170.23", "[::1]", "::1", "fd00:ec2::23", "[fd00:ec2::23]"]
                .contains(host)
    }
}

/// The role of a virtual machine, told by its metadata service in the version with a session (IMDSv2).
struct InstanceCredentials: AWSCredentialSource {
    var surroundings: AWSSurroundings

    func credentials() async throws -> AWSCredentials? {
        guard surroundings.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
        let address = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? surroundings.metadataService
        let pipeline = try surroundings.pipeline("The machine's metadata service", at: address)
        let session: String
        do {
            let call = ServiceRequest(
                .put, "/latest/api/token", purpose: "open a session",
                headers: [HTTPField.Name("x-aws-ec2-metadata-token-ttl-seconds")!: "300"])
            session = try await text(call, pipeline)
        } catch let error as ServiceError {
            // Elsewhere than on EC2 nobody answers there.
            surroundings.logger.debug("\(error.message)")
            return nil
        }
        let place = "/latest/meta-data/iam/security-credentials/"
        let headers: HTTPFields = [HTTPField.Name("x-aws-ec2-metadata-token")!: session]
        let role: String
        do {
            let call = ServiceRequest(.get, place, purpose: "name the machine's role", headers: headers)
            role = try await text(call, pipeline).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        } catch let error as ServiceError where error.status == 404 {
            return nil
        }
        guard !role.isEmpty else { return nil }
        let call = ServiceRequest(
            .get, place + PercentEncoding.segment(role), purpose: "tell the keys of the machine's role",
            headers: headers)
        return try await pipeline.json(call, as: TemporaryKeys.self).credentials(origin: "the machine's role")
    }

    private func text(_ call: ServiceRequest, _ pipeline: ServicePipeline) async throws -> String {
        String(decoding: try await pipeline.collect(call).bytes, as: UTF8.self)
    }
}
