// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import HTTPService
import RemoteRendering

/// One conversion as the database holds it.
struct ConversionRecord: Codable, FetchableRecord, PersistableRecord, Sendable {
    static let databaseTableName = "conversion"

    var account: String
    var id: String
    /// Grows with each conversion, so that lists have an order.
    var place: Int64
    /// Seconds since 1970.
    var created: Double
    /// What was asked for, signatures included until the conversion has ended.
    var settings: Data
    var status: String
    /// Where the asset lies, once there is one.
    var output: String?
    /// A `ServiceErrorBody`, once it has failed.
    var error: Data?

    /// The conversion as clients see it: without signatures, prefixes ended by a slash, the output's name filled in.
    func wire() throws -> AssetConversion {
        var settings = try JSONDecoder().decode(AssetConversionSettings.self, from: settings)
        settings.inputLocation.storageContainerReadListSas = nil
        settings.outputLocation.storageContainerWriteSas = nil
        settings.inputLocation.blobPrefix = Self.prefix(settings.inputLocation.blobPrefix)
        settings.outputLocation.blobPrefix = Self.prefix(settings.outputLocation.blobPrefix)
        settings.outputLocation.outputAssetFilename = settings.outputName
        return AssetConversion(
            id: id, creationTime: Date(timeIntervalSince1970: created), settings: settings,
            output: output.map { .init(outputAssetUri: $0) },
            error: try error.map { try JSONDecoder().decode(ServiceErrorBody.self, from: $0) },
            status: AssetConversionStatus(rawValue: status))
    }

    private static func prefix(_ prefix: String?) -> String {
        guard let prefix, !prefix.isEmpty else { return "" }
        return prefix.hasSuffix("/") ? prefix : prefix + "/"
    }
}

extension AssetConversionSettings {
    /// The output asset's name: the one asked for, else the input's with its ending replaced.
    var outputName: String {
        if let name = outputLocation.outputAssetFilename { return name }
        return inputStem + RemoteRenderingAPI.assetExtension
    }

    /// The input's file name without its ending.
    var inputStem: String {
        let name = inputLocation.relativeInputAssetPath.split(separator: "/").last.map(String.init) ?? ""
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// The settings with everything that lets their bearer into storage taken out, to compare and to keep.
    var withoutSignatures: AssetConversionSettings {
        var copy = self
        copy.inputLocation.storageContainerReadListSas = nil
        copy.outputLocation.storageContainerWriteSas = nil
        return copy
    }
}
