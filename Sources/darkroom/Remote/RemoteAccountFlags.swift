// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import AzureIdentity
import Foundation
import HTTPService
import Jobs
import Logging
import RemoteRendering

/// Which account of which service is asked, and what proves who asks.
struct RemoteAccountFlags: ParsableArguments {
    /// The ways to prove who asks.
    enum Proof: String, CaseIterable, ExpressibleByArgument {
        case key, token, entra
        case clientSecret = "client-secret"
        case workload, machine
        case appService = "app-service"
        case cli

        /// The way to an Entra token that this is; `nil` for the others.
        var identity: IdentityWay? { IdentityWay(rawValue: rawValue) }
    }

    @Option(
        help: ArgumentHelp(
            """
            Where conversions and sessions are asked for: https, or http on this machine; Azure's own are retired \
            (default: $AZURE_REMOTE_RENDERING_ENDPOINT).
            """, valueName: "url"))
    var endpoint: String?

    @Option(
        help: ArgumentHelp("The account's id, a UUID (default: $AZURE_REMOTE_RENDERING_ACCOUNT_ID).", valueName: "id"))
    var account: String?

    @Option(
        help: ArgumentHelp(
            "The account's domain, which Entra tokens are for (default: the endpoint's host).", valueName: "host"))
    var domain: String?

    @Option(
        help: ArgumentHelp(
            "The token service (default: https://sts. and the --domain given, else the endpoint itself).",
            valueName: "url"))
    var tokenEndpoint: String?

    @Option(
        help: ArgumentHelp(
            """
            What proves who asks: key ($AZURE_REMOTE_RENDERING_ACCOUNT_KEY), token ($AZURE_REMOTE_RENDERING_TOKEN), \
            entra (the first of the following that is open), client-secret, workload, machine, app-service or cli (default: key).
            """))
    var auth: Proof = .key

    @Option(
        help: ArgumentHelp(
            "Read the key or token from a file (default: from the environment).", valueName: "file"))
    var secretFile: String?

    /// The client that all of this amounts to.
    ///
    /// - Parameter authorityFile: certificates to trust beside the system's.
    func client(authorityFile: String?, interval: Duration?, logger: Logger) throws -> RemoteRenderingClient {
        let environment = ProcessInfo.processInfo.environment
        guard let endpoint = endpoint ?? environment["AZURE_REMOTE_RENDERING_ENDPOINT"], !endpoint.isEmpty else {
            throw CommandFailure(.usage, "No service: give --endpoint, or set AZURE_REMOTE_RENDERING_ENDPOINT.")
        }
        guard let id = account ?? environment["AZURE_REMOTE_RENDERING_ACCOUNT_ID"], !id.isEmpty else {
            throw CommandFailure(.usage, "No account: give --account, or set AZURE_REMOTE_RENDERING_ACCOUNT_ID.")
        }
        let service = try ServiceEndpoint(endpoint)
        // Azure's token service had a name of its own; what took its place gives tokens at the same address.
        let tokens = tokenEndpoint ?? (domain == nil ? endpoint : nil)
        var options = RemoteRenderingClient.Options(transport: try Self.transport(authorityFile))
        options.logger = logger
        options.userAgent = "darkroom/\(ProgramVersion.text)"
        if let interval { options.pollingInterval = interval }
        let account = RemoteRenderingAccount(
            id: id, domain: domain ?? service.host, endpoint: endpoint, tokenEndpoint: tokens)
        return try RemoteRenderingClient(
            account: account, credential: try credential(options, environment), options: options)
    }

    /// Connections that also trust the certificates of a file.
    static func transport(_ authorityFile: String?) throws -> AsyncHTTPTransport {
        var options = AsyncHTTPTransport.Options()
        options.authorityFile = authorityFile
        if let authorityFile, !FileManager.default.isReadableFile(atPath: authorityFile) {
            throw CommandFailure(.environment, "\(authorityFile) cannot be read.")
        }
        return AsyncHTTPTransport(options)
    }

    private func credential(
        _ options: RemoteRenderingClient.Options, _ environment: [String: String]
    ) throws -> RemoteRenderingCredential {
        if let identity = auth.identity {
            let context = IdentityContext(
                transport: options.transport, clock: options.clock, logger: options.logger, environment: environment)
            return .entra(try identity.credential(context))
        }
        switch auth {
        case .token: return .token(try SecretSource.read(secretFile, "AZURE_REMOTE_RENDERING_TOKEN"))
        default: return .accountKey(try SecretSource.read(secretFile, "AZURE_REMOTE_RENDERING_ACCOUNT_KEY"))
        }
    }
}
