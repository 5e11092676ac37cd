// SPDX-License-Identifier: Apache-2.0
import HTTPService

/// What a conversion reads and where it writes.
public struct AssetConversionSettings: Codable, Sendable, Hashable {
    public var inputLocation: AssetConversionInputSettings
    public var outputLocation: AssetConversionOutputSettings

    public init(input: AssetConversionInputSettings, output: AssetConversionOutputSettings) {
        (inputLocation, outputLocation) = (input, output)
    }
}

/// Where the asset to convert lies.
public struct AssetConversionInputSettings: Codable, Sendable, Hashable {
    /// The container's address, without a query.
    public var storageContainerUri: String
    /// A query that lets its bearer read and list the container; never sent back by a service.
    public var storageContainerReadListSas: String?
    /// Where in the container to look; without one, every blob of it is fetched.
    public var blobPrefix: String?
    /// The asset below the prefix.
    public var relativeInputAssetPath: String

    public init(
        storageContainerURI: String, relativeInputAssetPath: String, blobPrefix: String? = nil,
        storageContainerReadListSAS: Secret? = nil
    ) {
        storageContainerUri = storageContainerURI
        storageContainerReadListSas = storageContainerReadListSAS?.reveal()
        (self.blobPrefix, self.relativeInputAssetPath) = (blobPrefix, relativeInputAssetPath)
    }
}

/// Where the converted asset goes.
public struct AssetConversionOutputSettings: Codable, Sendable, Hashable {
    /// The container's address, without a query.
    public var storageContainerUri: String
    /// A query that lets its bearer write into the container; never sent back by a service.
    public var storageContainerWriteSas: String?
    /// What goes before the names of all that is written.
    public var blobPrefix: String?
    /// The asset's name, which ends in `.arrAsset`; by default the input's with that ending.
    public var outputAssetFilename: String?

    public init(
        storageContainerURI: String, blobPrefix: String? = nil, outputAssetFilename: String? = nil,
        storageContainerWriteSAS: Secret? = nil
    ) {
        storageContainerUri = storageContainerURI
        storageContainerWriteSas = storageContainerWriteSAS?.reveal()
        (self.blobPrefix, self.outputAssetFilename) = (blobPrefix, outputAssetFilename)
    }
}

// A SAS lets its bearer into a storage account, so none of these prints one.

extension AssetConversionInputSettings: CustomStringConvertible, CustomReflectable {
    public var description: String {
        "\(Redaction.text(storageContainerUri))/\(blobPrefix ?? "") \(relativeInputAssetPath)"
    }
    public var customMirror: Mirror { Mirror(self, children: ["location": description]) }
}

extension AssetConversionOutputSettings: CustomStringConvertible, CustomReflectable {
    public var description: String {
        "\(Redaction.text(storageContainerUri))/\(blobPrefix ?? "") \(outputAssetFilename ?? "")"
    }
    public var customMirror: Mirror { Mirror(self, children: ["location": description]) }
}
