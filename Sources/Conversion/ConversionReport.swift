// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// The two JSON files that stand beside a converted asset, in the shapes Azure Remote Rendering gave them.
public enum ConversionReport {
    /// The number of a missing texture among warnings.
    static let missingTexture = "4004"
    /// The number of an asset that is not valid among errors.
    static let invalidAsset = "2007"

    /// `<model>.result.json` of a conversion that succeeded.
    public static func result(id: String, _ asset: ConvertedAsset) -> JSONValue {
        var entries: [JSONValue] = [["conversionId": .string(id)]]
        for file in asset.missingFiles {
            entries.append([
                "warning": .string(missingTexture), "title": "Missing texture", "details": ["file": .string(file)],
            ])
        }
        for sentence in asset.warnings {
            entries.append(["internal warning": "0", "title": .string(sentence), "details": .object([:])])
        }
        let isClean = asset.missingFiles.isEmpty && asset.warnings.isEmpty
        entries.append(["result": .string(isClean ? "succeeded" : "succeeded with warnings")])
        return .array(entries)
    }

    /// `<model>.result.json` of a conversion that failed.
    public static func result(id: String, failure: String) -> JSONValue {
        [
            ["conversionId": .string(id)],
            ["error": .string(invalidAsset), "title": .string(failure), "details": .object([:])],
            ["result": "failed"],
        ]
    }

    /// `<model>.info.json`: what was read, what was written.
    ///
    /// - Parameters:
    ///   - input: the asset's file name.
    ///   - output: the converted asset's file name.
    ///   - version: the program's version.
    public static func info(
        input: String, output: String, version: String, settings: ConversionSettings, _ asset: ConvertedAsset
    ) -> JSONValue {
        let counts = asset.statistics
        func number(_ value: Int) -> JSONValue { .int(Int64(value)) }
        func vector(_ vector: Vector3) -> JSONValue { .array((0..<3).map { .double(vector[$0]) }) }
        let kind = input.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return [
            "files": ["input": .string(input), "output": .string(output)],
            "conversionSettings": settings.json,
            "inputInfo": [
                "sourceAssetExtension": .string("." + kind), "sourceAssetFormat": .string(kind.uppercased()),
            ],
            "inputStatistics": [
                "numMeshes": number(counts.meshes), "numFaces": number(counts.faces),
                "numVertices": number(counts.vertices), "numMaterial": number(counts.materials),
                "numFacesSmallestMesh": number(counts.smallestMesh),
                "numFacesBiggestMesh": number(counts.biggestMesh), "numNodes": number(counts.nodes),
                "numMeshUsagesInScene": number(counts.placements),
            ],
            "outputInfo": ["conversionToolVersion": .string("Darkroom \(version)")],
            "outputStatistics": [
                "numMeshPartsCreated": number(counts.meshes), "numMeshPartsInstanced": number(counts.placements),
                "recenteringOffset": vector(asset.recentering),
                "boundingBox": asset.bounds.isEmpty
                    ? .null : ["min": vector(asset.bounds.min), "max": vector(asset.bounds.max)],
            ],
        ]
    }
}

extension ConversionSettings {
    /// The settings in force, under their names in a settings file.
    var json: JSONValue {
        [
            "scaling": .double(scaling), "recenterToOrigin": .bool(recentersToOrigin),
            "opaqueMaterialDefaultSidedness": .string(sidedness.rawValue),
            "sceneGraphMode": .string(sceneGraphMode.rawValue), "generateCollisionMesh": .bool(generatesCollisionMesh),
            "unlitMaterials": .bool(unlitMaterials), "deduplicateMaterials": .bool(deduplicatesMaterials),
            "fbxAssumeMetallic": .bool(assumesMetallicFBX), "axis": .array(axis.map { .string($0.rawValue) }),
            "metadataKeys": .array(metadataKeys.map { .string($0) }),
        ]
    }
}
