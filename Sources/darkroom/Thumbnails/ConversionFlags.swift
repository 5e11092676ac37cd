// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import AzureIdentity
import BlobStorage
import CloudStores
import Foundation
import HTTPService
import Logging
import Stores
import Thumbnails

extension ConversionThumbnails.Subject: ExpressibleByArgument {}

/// Which conversions `thumbnail` draws, and how it reaches their storage.
struct ConversionFlags: ParsableArguments {
    /// The ways into Blob storage.
    enum Access: String, CaseIterable, ExpressibleByArgument {
        case sas, key, entra
        case clientSecret = "client-secret"
        case workload, machine
        case appService = "app-service"
        case cli, none
    }

    @Flag(help: "Draw the assets of conversions that succeeded, and put the pictures beside what became of them.")
    var conversions = false

    @Option(
        help: ArgumentHelp(
            """
            A container that conversions read from or write to, alone as Blob storage, or with = and the folder that \
            stands for it; repeatable. Others are not asked, whatever the service says.
            """, valueName: "url[=folder]"))
    var container: [String] = []

    @Option(help: ArgumentHelp("What to draw: the source, or the converted asset if it is binary glTF."))
    var of: ConversionThumbnails.Subject = .source

    @Option(
        help: ArgumentHelp(
            """
            How Blob storage is opened: sas (of containers), key ($AZURE_STORAGE_KEY), entra and the single ways of \
            --auth, or none for open containers (default: sas).
            """))
    var storageAuth: Access = .sas

    @Option(
        help: ArgumentHelp(
            "A file with a SAS that reads and lists inputs (default: $DARKROOM_INPUT_SAS).", valueName: "file"))
    var inputSasFile: String?

    @Option(
        help: ArgumentHelp(
            "A file with a SAS that reads and writes outputs (default: $DARKROOM_OUTPUT_SAS).", valueName: "file"))
    var outputSasFile: String?

    @Option(
        help: ArgumentHelp("A file with the storage account's key (default: $AZURE_STORAGE_KEY).", valueName: "file"))
    var storageKeyFile: String?

    /// - Throws: `ValidationError` when no container was named, or one that is none.
    func check() throws {
        guard !container.isEmpty else {
            throw ValidationError("--conversions needs --container: which containers may be read and written.")
        }
        for text in container where ContainerMapping(text) == nil {
            throw ValidationError("--container needs an address, alone or with = and a folder, not \"\(text)\".")
        }
    }

    /// The containers named.
    func table(authorityFile: String?, logger: Logger) throws -> ContainerTable {
        var options = BlobContainer.Options(transport: try RemoteAccountFlags.transport(authorityFile))
        options.logger = logger
        var table = ContainerTable()
        for mapping in container.compactMap(ContainerMapping.init) {
            if let folder = mapping.folder {
                let container = FolderStore(folder: folder, address: mapping.address)
                table.add(mapping.address, ContainerTable.Access(input: container, output: container))
            } else {
                let containers = try [(inputSasFile, "DARKROOM_INPUT_SAS"), (outputSasFile, "DARKROOM_OUTPUT_SAS")].map
                {
                    let credential = try credential(mapping.address, sas: $0, options)
                    return BlobObjectStore(
                        try BlobContainer(mapping.address, credential: credential, options: options))
                }
                table.add(mapping.address, ContainerTable.Access(input: containers[0], output: containers[1]))
            }
        }
        return table
    }

    private func credential(
        _ address: String, sas: (file: String?, variable: String), _ options: BlobContainer.Options
    ) throws -> BlobCredential {
        let environment = ProcessInfo.processInfo.environment
        if let identity = IdentityWay(rawValue: storageAuth.rawValue) {
            let context = IdentityContext(
                transport: options.transport, clock: options.clock, logger: options.logger, environment: environment)
            return .entra(try identity.credential(context))
        }
        switch storageAuth {
        case .none: return .anonymous
        case .key: return try .sharedKey(SecretSource.read(storageKeyFile, "AZURE_STORAGE_KEY"), for: address)
        default:
            // Without one the container may still serve the other direction, or be open.
            return try SecretSource.find(sas.file, sas.variable).map { .sas($0) } ?? .anonymous
        }
    }
}
