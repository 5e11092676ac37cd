// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import Jobs
import RemoteRendering

/// A conversion that succeeded, as work for thumbnails: what to draw, and what to put the pictures beside.
struct ConversionItem: Sendable, Hashable {
    var id: String
    /// The container and the names in it.
    var input: String
    var inputPrefix: String
    /// The asset below the prefix.
    var asset: String
    var output: String
    var outputPrefix: String
    /// The converted asset below the output's prefix.
    var converted: String

    /// - Throws: `ContainerProblem` when the service does not tell where the asset came from and went to.
    init(_ conversion: AssetConversion) throws(ContainerProblem) {
        id = conversion.id
        guard let settings = conversion.settings else {
            throw ContainerProblem(message: "The service does not tell what the conversion \(id) read and wrote.")
        }
        (input, output) = (settings.inputLocation.storageContainerUri, settings.outputLocation.storageContainerUri)
        inputPrefix = Self.slashed(settings.inputLocation.blobPrefix)
        outputPrefix = Self.slashed(settings.outputLocation.blobPrefix)
        asset = settings.inputLocation.relativeInputAssetPath
        let stem = ((asset as NSString).lastPathComponent as NSString).deletingPathExtension
        converted = settings.outputLocation.outputAssetFilename ?? stem + RemoteRenderingAPI.assetExtension
        for name in [inputPrefix, asset, outputPrefix, converted]
        where name.split(separator: "/").contains(where: { $0 == ".." || $0 == "." }) || name.utf8.contains(0) {
            throw ContainerProblem(message: "The conversion \(id) names a path that leads out of its container.")
        }
        guard !asset.isEmpty, !converted.isEmpty else {
            throw ContainerProblem(message: "The conversion \(id) names no asset.")
        }
    }

    /// What a person would call it.
    var title: String { "\(id) (\(outputPrefix)\(converted))" }

    /// Where the asset that was converted lies.
    var source: String { "\(Self.slashed(input))\(inputPrefix)\(asset)" }

    /// Where the converted asset lies; of two conversions with the same one, the later has replaced the earlier.
    var place: String { "\(Self.slashed(output).lowercased())\(outputPrefix)\(converted)" }

    /// The name of a picture beside the converted asset: views and sizes enter only where there are several.
    func picture(view: String?, width: Int?) -> String {
        let stem = (converted as NSString).deletingPathExtension
        return [outputPrefix + stem, view, width.map(String.init), "png"].compactMap(\.self).joined(separator: ".")
    }

    private static func slashed(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "" }
        return text.hasSuffix("/") ? text : text + "/"
    }
}
