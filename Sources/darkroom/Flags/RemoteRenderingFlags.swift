// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import AzureIdentity
import Foundation
import HTTPService
import Service

/// How `serve --remote-rendering` works.
struct RemoteRenderingFlags: ParsableArguments {
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

    @Option(
        help: ArgumentHelp(
            """
            JSON file of Blob storage that accounts use without a SAS: {"<account id>": {"<url>": {"key": "<base64>"}}}, \
            or "identity" and a word of darkroom remote's --auth instead of a key (default: none).
            """, valueName: "file"))
    var linkedStorage: String?

    @Option(
        help: ArgumentHelp(
            "Requests that an account may make a minute, more are answered with 429; 0 for no limit.",
            valueName: "count"))
    var requestLimit = 6000

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

    func check() throws {
        guard accounts != nil else { throw ValidationError("--remote-rendering needs --accounts.") }
        guard conversions > 0, sessions > 0, (0...4096).contains(thumbnailSize) else {
            throw ValidationError("--conversions and --sessions need numbers above zero, --thumbnail-size 0 to 4096.")
        }
        guard requestLimit >= 0 else { throw ValidationError("--request-limit needs a number, 0 for none.") }
        _ = try folders()
    }

    /// - Throws: `HostError` for a file of accounts that cannot be used.
    func options(database: String, host: String) throws -> RemoteRenderingOptions {
        var serving = RemoteRenderingOptions(
            accounts: try AccountKeys(file: accounts ?? ""), containers: try folders())
        (serving.database, serving.conversions, serving.sessions) = (database, conversions, sessions)
        if !blobHost.isEmpty { serving.blobHosts = blobHost.filter { $0 != "none" } }
        serving.requestsPerMinute = requestLimit == 0 ? nil : requestLimit
        if let linkedStorage {
            let context = IdentityContext(
                transport: AsyncHTTPTransport(), environment: ProcessInfo.processInfo.environment)
            serving.linkedStorage = try LinkedStorage(file: linkedStorage, context: context)
        }
        serving.thumbnailSize = thumbnailSize == 0 ? nil : thumbnailSize
        serving.hostname = hostname ?? host
        return serving
    }

    private func folders() throws -> [String: String] {
        var folders: [String: String] = [:]
        for text in container {
            guard let mapping = ContainerMapping(text), let folder = mapping.folder else {
                throw ValidationError("--container needs an address, = and a folder, not \"\(text)\".")
            }
            folders[mapping.address] = folder
        }
        return folders
    }
}
