// SPDX-License-Identifier: Apache-2.0
import Foundation
import Models
import Scene

/// Converts assets into binary glTF as their settings say.
///
/// Blocking; a file that crashes its loader takes the process along, so services convert in a child process.
public struct AssetConverter: Sendable {
    public var loading: ModelLoader.Options

    public init(loading: ModelLoader.Options = ModelLoader.Options()) { self.loading = loading }

    /// The settings that lie beside a model, or the defaults.
    ///
    /// - Throws: `ConversionError` when the file is there and cannot be taken.
    public static func settings(beside path: String) throws(ConversionError) -> ConversionSettings {
        let file = ConversionSettings.fileName(for: path)
        guard FileManager.default.fileExists(atPath: file) else { return ConversionSettings() }
        guard let bytes = FileManager.default.contents(atPath: file), bytes.count < 1 << 20 else {
            throw ConversionError(.badSettings, "\(file) cannot be read, or is larger than 1 MiB.")
        }
        return try ConversionSettings(json: [UInt8](bytes), shown: file)
    }

    /// Converts a file.
    ///
    /// - Throws: `ConversionError`.
    public func convert(path: String, settings: ConversionSettings) throws(ConversionError) -> ConvertedAsset {
        let loading = loading
        switch try AssetKind(path: path) {
        case .mesh:
            let model = try Self.read { () throws(ModelError) in try ModelLoader(options: loading).load(path: path) }
            return try convert(model, settings)
        case .points:
            let cloud = try Self.read { () throws(ModelError) in
                try PointCloudReader(options: loading).load(path: path)
            }
            return try convert(cloud, settings)
        }
    }

    private static func read<Asset>(_ load: () throws(ModelError) -> Asset) throws(ConversionError) -> Asset {
        do throws(ModelError) { return try load() } catch {
            throw ConversionError(error.code == .limits ? .limits : .unreadable, error.message, underlying: error)
        }
    }

    private func convert(_ model: Model, _ settings: ConversionSettings) throws(ConversionError) -> ConvertedAsset {
        let placing = Placing(model.bounds, settings)
        var writer = GLBWriter(settings: settings)
        let glb = try writer.encode(model, root: placing.root)
        var statistics = ConvertedAsset.Statistics()
        let faces = model.meshes.map(\.triangleCount)
        (statistics.meshes, statistics.materials) = (model.meshes.count, model.materials.count)
        (statistics.faces, statistics.vertices) = (faces.reduce(0, +), model.meshes.reduce(0) { $0 + $1.vertexCount })
        (statistics.smallestMesh, statistics.biggestMesh) = (faces.min() ?? 0, faces.max() ?? 0)
        (statistics.nodes, statistics.placements) = (model.instances.count, model.instances.count)
        return ConvertedAsset(
            glb: glb, statistics: statistics, bounds: placing.bounds, recentering: placing.shift,
            missingFiles: model.missingFiles, warnings: model.warnings + writer.warnings)
    }

    private func convert(_ cloud: PointCloud, _ settings: ConversionSettings) throws(ConversionError) -> ConvertedAsset
    {
        let placing = Placing(cloud.bounds, settings)
        var writer = GLBWriter(settings: settings)
        let glb = try writer.encode(cloud, root: placing.root)
        var statistics = ConvertedAsset.Statistics()
        (statistics.meshes, statistics.nodes, statistics.placements) = (1, 1, 1)
        (statistics.faces, statistics.vertices) = (cloud.count, cloud.count)
        (statistics.smallestMesh, statistics.biggestMesh) = (cloud.count, cloud.count)
        return ConvertedAsset(
            glb: glb, statistics: statistics, bounds: placing.bounds, recentering: placing.shift, missingFiles: [],
            warnings: writer.warnings)
    }
}
