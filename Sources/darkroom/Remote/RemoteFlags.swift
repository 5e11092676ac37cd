// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import AzureIdentity
import Foundation
import HTTPService
import Jobs
import Logging
import RemoteRendering

/// Which account of which service is asked, and what proves who asks.
struct RemoteFlags: ParsableArguments {
    /// The ways to prove who asks.
    enum Proof: String, CaseIterable, ExpressibleByArgument {
        case key, token, entra
        case clientSecret = "client-secret"
        case workload, machine
        case appService = "app-service"
        case cli
    }

    @Option(
        help: ArgumentHelp(
            "Where conversions and sessions are asked for: https, or http on this machine (Azure's own are retired).",
            valueName: "url"))
    var endpoint: String

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

    @Option(
        help: ArgumentHelp("Certificates, in PEM, to trust beside the system's (default: none).", valueName: "file"))
    var ca: String?

    @Option(
        help: ArgumentHelp("Wait between two looks at something pending (default: 5s).", valueName: "time"),
        transform: FlagValue.duration)
    var interval: Setting<Duration>?

    @Option(
        help: ArgumentHelp(
            "Longest wait for something pending; then exit code 75 (default: none).", valueName: "time"),
        transform: FlagValue.duration)
    var timeout: Setting<Duration>?

    @Flag(help: "Print one JSON object a line, as the service gives them (default: a line for people).")
    var json = false

    @Option(help: "Talk on standard error: trace, debug, info, notice, warning, error or critical (default: notice).")
    var logLevel: Logger.Level = .notice

    @Option(help: "How to talk: lines of text, or json, one object a line.")
    var logFormat = LogFormat.text

    var output: RemoteOutput { RemoteOutput(isJSON: json) }

    /// The client that all of this amounts to.
    func client() throws -> RemoteRenderingClient {
        let environment = ProcessInfo.processInfo.environment
        guard let id = account ?? environment["AZURE_REMOTE_RENDERING_ACCOUNT_ID"], !id.isEmpty else {
            throw CommandFailure(.usage, "No account: give --account, or set AZURE_REMOTE_RENDERING_ACCOUNT_ID.")
        }
        let service = try ServiceEndpoint(endpoint)
        // Azure's token service had a name of its own; what took its place gives tokens at the same address.
        let tokens = tokenEndpoint ?? (domain == nil ? endpoint : nil)
        var transport = AsyncHTTPTransport.Options()
        transport.authorityFile = ca
        if let ca, !FileManager.default.isReadableFile(atPath: ca) {
            throw CommandFailure(.environment, "\(ca) cannot be read.")
        }
        var options = RemoteRenderingClient.Options(transport: AsyncHTTPTransport(transport))
        options.logger = TalkLog.logger(logLevel, format: logFormat)
        options.userAgent = "darkroom/\(ProgramVersion.text)"
        if let interval = interval?.value { options.pollingInterval = interval }
        let account = RemoteRenderingAccount(
            id: id, domain: domain ?? service.host, endpoint: endpoint, tokenEndpoint: tokens)
        return try RemoteRenderingClient(
            account: account, credential: try credential(options, environment), options: options)
    }

    private func credential(
        _ options: RemoteRenderingClient.Options, _ environment: [String: String]
    ) throws -> RemoteRenderingCredential {
        let context = IdentityContext(
            transport: options.transport, clock: options.clock, logger: options.logger, environment: environment)
        switch auth {
        case .key: return .accountKey(try SecretSource.read(secretFile, "AZURE_REMOTE_RENDERING_ACCOUNT_KEY"))
        case .token: return .token(try SecretSource.read(secretFile, "AZURE_REMOTE_RENDERING_TOKEN"))
        case .entra: return .entra(DefaultCredentialChain(context))
        case .clientSecret: return .entra(try ClientSecretCredential(context))
        case .workload: return .entra(try WorkloadIdentityCredential(context))
        case .machine: return .entra(ManagedIdentityCredential(context))
        case .appService: return .entra(try AppServiceCredential(context))
        case .cli: return .entra(AzureCLICredential(context))
        }
    }
}
