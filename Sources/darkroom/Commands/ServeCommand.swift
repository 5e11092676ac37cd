// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import JSONRPC
import Jobs
import Logging
import Service

/// `darkroom serve`: answers other programs over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves pictures, or conversions and rendering sessions, over HTTP.",
        discussion: """
            Without --remote-rendering it answers as an Omniverse service does: POST /capture draws a stage or model \
            below the --root folders and answers with the path of the picture, GET /capture-application-screenshot \
            gives the last one. Captures wait in a line that outlives a restart. / shows jobs and pictures, /docs and \
            /openapi.json what can be asked, /metrics counts; /health, /ready, /startup and /status are probes.

            --remote-rendering answers the REST API 2021-01-01 of Azure Remote Rendering and its token service. Azure \
            has switched that service off on 30 September 2025; this takes its place for clients and pipelines that \
            are still there. Assets are converted to GLB (under the .arrAsset name asked for, with a .glb twin and a \
            thumbnail beside it), sessions are renderers of this machine that speak Brayns' protocol.

            Prints one JSON object with the address once it listens. SIGTERM and SIGINT end it in good order; \
            conversions under way are begun anew by the next start.

            \(ExitTable.text)
            """)

    @Flag(help: "Serve the API of Azure Remote Rendering instead of captures.")
    var remoteRendering = false

    @OptionGroup(title: "Captures") var capture: CaptureFlags
    @OptionGroup(title: "Remote Rendering") var conversion: RemoteRenderingFlags

    @Option(help: ArgumentHelp("Address to listen on.", valueName: "host:port"))
    var listen = "127.0.0.1:8080"

    @Option(help: ArgumentHelp("File that keeps jobs over restarts.", valueName: "file"))
    var database = "darkroom.sqlite"

    @Option(help: ArgumentHelp("Certificate chain, PEM; serves https (default: http).", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("Key of the certificate, PEM.", valueName: "file"))
    var privateKey: String?

    @Option(help: "How much to say: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
    var logLevel = Logger.Level.info

    @Option(help: "How to talk: lines of text, or json, one object a line.")
    var logFormat = LogFormat.text

    func validate() throws {
        guard (certificate == nil) == (privateKey == nil) else {
            throw ValidationError("--certificate and --private-key go together.")
        }
        _ = try address()
        if remoteRendering { try conversion.check() } else { try capture.check() }
    }

    func run() async throws {
        let (host, port) = try address()
        var options = HostOptions()
        (options.host, options.port) = (host, port)
        if let certificate, let privateKey {
            options.tls = HostOptions.TLS(certificateFile: certificate, privateKeyFile: privateKey)
        }
        let scheme = options.tls == nil ? "http" : "https"
        let told: @Sendable (Int) -> Void = { port in
            let line: JSONValue = ["event": "listening", "address": .string("\(scheme)://\(host):\(port)")]
            try? StandardStreams.print(line.serialized())
        }
        let service: Task<Void, any Error>
        if remoteRendering {
            let serving = try conversion.options(database: database, host: host)
            let server = try RemoteRenderingServer(
                host: options, serving: serving, logger: TalkLog.logger(logLevel, format: logFormat))
            service = Task { try await server.run { told($0) } }
        } else {
            let server = try CaptureServer(
                host: options, serving: try capture.options(database: database), version: ProgramVersion.text,
                logger: TalkLog.logger(logLevel, format: logFormat))
            service = Task { try await server.run { told($0) } }
        }
        Interruption.onRequest { service.cancel() }
        do {
            try await service.value
        } catch is CancellationError {
            return
        }
    }

    private func address() throws -> (host: String, port: Int) {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65535).contains(port), colon != listen.startIndex
        else { throw ValidationError("--listen needs an address such as 127.0.0.1:8080, not \"\(listen)\".") }
        return (String(listen[..<colon]), port)
    }
}
