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
        abstract: "Serves conversions and rendering sessions over HTTP.",
        discussion: """
            --remote-rendering answers the REST API 2021-01-01 of Azure Remote Rendering and its token service. Azure \
            has switched that service off on 30 September 2025; this takes its place for clients and pipelines that \
            are still there. Assets are converted to GLB (under the .arrAsset name asked for, with a .glb twin and a \
            thumbnail beside it), sessions are renderers of this machine that speak Brayns' protocol.

            Prints one JSON object with the address once it listens. SIGTERM and SIGINT end it in good order; \
            conversions under way are begun anew by the next start.

            \(ExitTable.text)
            """)

    @Flag(help: "Serve the API of Azure Remote Rendering.")
    var remoteRendering = false

    @Option(help: ArgumentHelp("Address to listen on.", valueName: "host:port"))
    var listen = "127.0.0.1:8080"

    @Option(
        help: ArgumentHelp(
            "JSON file of accounts and keys: {\"<account id>\": [\"<key>\"]}. Required.", valueName: "file"))
    var accounts: String?

    @Option(
        help: ArgumentHelp(
            "A storage container and the folder that stands for it, such as https://me.blob.core.windows.net/in=./in; repeatable.",
            valueName: "uri=folder"))
    var container: [String] = []

    @Option(
        help: ArgumentHelp(
            "Host of Blob storage that requests may name with a SAS, and all hosts below it; none for folders alone; repeatable (default: blob.core.windows.net).",
            valueName: "host"))
    var blobHost: [String] = []

    @Option(help: ArgumentHelp("File that keeps conversions and sessions over restarts.", valueName: "file"))
    var database = "darkroom.sqlite"

    @Option(help: ArgumentHelp("Certificate chain, PEM; serves https (default: http).", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("Key of the certificate, PEM.", valueName: "file"))
    var privateKey: String?

    @Option(
        help: ArgumentHelp("Name that clients reach sessions by (default: the address listened on).", valueName: "name")
    )
    var hostname: String?

    @Option(help: ArgumentHelp("Conversions that run at once.", valueName: "count"))
    var conversions = 1

    @Option(help: ArgumentHelp("Sessions that may run at once.", valueName: "count"))
    var sessions = 8

    @Option(help: ArgumentHelp("Pixels of the thumbnails beside converted assets, 0 for none.", valueName: "pixels"))
    var thumbnailSize = 512

    @Option(help: "How much to say: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
    var logLevel = Logger.Level.info

    func validate() throws {
        guard remoteRendering else { throw ValidationError("Say what to serve: --remote-rendering.") }
        guard accounts != nil else { throw ValidationError("--remote-rendering needs --accounts.") }
        guard (certificate == nil) == (privateKey == nil) else {
            throw ValidationError("--certificate and --private-key go together.")
        }
        guard conversions > 0, sessions > 0, (0...4096).contains(thumbnailSize) else {
            throw ValidationError("--conversions and --sessions need numbers above zero, --thumbnail-size 0 to 4096.")
        }
        _ = try address()
        _ = try folders()
    }

    func run() async throws {
        let (host, port) = try address()
        var options = HostOptions()
        (options.host, options.port) = (host, port)
        if let certificate, let privateKey {
            options.tls = HostOptions.TLS(certificateFile: certificate, privateKeyFile: privateKey)
        }
        var serving = RemoteRenderingOptions(
            accounts: try AccountKeys(file: accounts ?? ""), containers: try folders())
        (serving.database, serving.conversions, serving.sessions) = (database, conversions, sessions)
        if !blobHost.isEmpty { serving.blobHosts = blobHost.filter { $0 != "none" } }
        serving.thumbnailSize = thumbnailSize == 0 ? nil : thumbnailSize
        serving.hostname = hostname ?? host
        let server = try RemoteRenderingServer(host: options, serving: serving, logger: logger())
        let scheme = options.tls == nil ? "http" : "https"
        let service = Task {
            try await server.run { port in
                let line: JSONValue = ["event": "listening", "address": .string("\(scheme)://\(host):\(port)")]
                try? StandardStreams.print(line.serialized())
            }
        }
        Interruption.onRequest { service.cancel() }
        do {
            try await service.value
        } catch is CancellationError {
            return
        }
    }

    private func logger() -> Logger {
        var logger = Logger(label: "darkroom.serve") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        return logger
    }

    private func address() throws -> (host: String, port: Int) {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65535).contains(port), colon != listen.startIndex
        else { throw ValidationError("--listen needs an address such as 127.0.0.1:8080, not \"\(listen)\".") }
        return (String(listen[..<colon]), port)
    }

    private func folders() throws -> [String: String] {
        var folders: [String: String] = [:]
        for text in container {
            guard let equals = text.firstIndex(of: "="), text.hasPrefix("http"),
                equals != text.index(before: text.endIndex)
            else { throw ValidationError("--container needs an address, = and a folder, not \"\(text)\".") }
            folders[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        return folders
    }
}
