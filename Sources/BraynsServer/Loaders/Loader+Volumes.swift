// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Models

extension Loader {
    /// A volume whose head says where its samples lie.
    static let mhdVolume = Loader(name: "mhd-volume", extensions: ["mhd"]) { input in
        let files = input.files()
        let head = try MetaImageHeader(files.text(input.path), shown: input.path)
        let path = ModelFiles.path(head.dataFile, beside: input.path)
        return try volume(head.volume, input) { try files.bytes(path) }
    }

    /// Samples and nothing else.
    static let rawVolume = Loader(
        name: "raw-volume", extensions: ["raw"], isBinary: true,
        properties: .record(
            "RawVolumeLoaderParameters",
            [
                .required("data_type", .choice(VolumeSampleType.allCases.map(\.rawValue)), "What a sample is"),
                .required("dimensions", .list(.count, min: 3, max: 3), "Samples along x, y and z"),
                .required("spacing", .vector3, "Scene units from sample to sample"),
            ])
    ) { input in
        let size = (input.properties[list: "dimensions"] ?? []).compactMap { $0.intValue.map(Int.init) }
        let type = input.properties[text: "data_type"].flatMap(VolumeSampleType.init)
        guard size.count == 3, let type, let spacing = input.properties[vector3: "spacing"] else {
            throw RPCFailure.invalidParams("Volume dimensions are empty")
        }
        let head = RawVolume(
            dimensions: SIMD3(size[0], size[1], size[2]), spacing: SIMD3<Float>(spacing), type: type)
        return try volume(head, input) { try input.bytes() }
    }

    private static func volume(
        _ head: RawVolume, _ input: LoadInput, bytes: () throws -> [UInt8]
    ) throws -> [LoadedShapes] {
        let data = try bytes()
        try input.report("Parsing voxels", 0)
        var model = Model()
        model.volumes = [try head.grid(data, shown: input.shown)]
        try input.report("Building model", 0.5)
        let shapes = LoadedShapes(type: "Volume", model: model, ramp: ColorRamp())
        try input.report("Done", 1)
        return [shapes]
    }
}
