// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

extension Loader {
    /// An atlas, shown by the outline of its voxels.
    static let atlas = Loader(
        name: "NRRD loader", plugin: "Atlas Explorer", extensions: [".nrrd"],
        properties: .record(
            "NRRDLoaderParameters",
            [.required("type", .choice(Atlas.Kind.allCases.map(\.rawValue)), "What the numbers of a voxel mean")])
    ) { input in
        guard let kind = input.properties[text: "type"].flatMap(Atlas.Kind.init) else {
            throw RPCFailure.invalidParams("Unhandled voxel type")
        }
        let file = try NRRDReader(input.path, files: input.files())
        try input.report("Parsing NRRD data", 0.4)
        try input.report("Transforming data", 0.6)
        let atlas = try Atlas(file, as: kind, shown: input.path)
        try input.report("Generating volume mesh", 0.8)
        var shapes = try AtlasUseCase.outline.shapes(of: atlas, Parameters([:]))
        shapes.baseTransform = file.header.transform
        try input.report("Done", 1)
        return [shapes]
    }
}
