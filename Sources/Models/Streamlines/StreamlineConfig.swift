// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The configuration of nerve fibres found by diffusion imaging: where their files are.
package struct StreamlineConfig: Sendable, Hashable {
    /// The fibres, one a line.
    package var streamlines: String
    /// Which cell each fibre belongs to.
    package var cells: String
    /// The circuit whose spikes run along the fibres, empty for none.
    package var circuit: String

    /// Reads a JSON object of paths, which go from the configuration's folder.
    ///
    /// - Throws: `ModelError` with `.corrupt` for anything else.
    package init(_ path: String, files: ModelFiles) throws(ModelError) {
        let bytes = try files.bytes(path)
        guard let value = try? JSONSerialization.jsonObject(with: Data(bytes)),
            let members = value as? [String: String]
        else { throw ModelError(.corrupt, "Invalid DTI configuration: \(path) is no JSON object of texts.") }
        let known: Set = ["streamlines_path", "gids_to_streamlines_path", "circuit_path"]
        if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw ModelError(.corrupt, "Invalid DTI configuration: \(path) has '\(unknown)', which means nothing here.")
        }
        guard let streamlines = members["streamlines_path"], let cells = members["gids_to_streamlines_path"] else {
            throw ModelError(
                .corrupt, "Invalid DTI configuration: \(path) lacks streamlines_path or gids_to_streamlines_path.")
        }
        self.streamlines = ModelFiles.path(streamlines, beside: path)
        self.cells = ModelFiles.path(cells, beside: path)
        circuit = members["circuit_path"] ?? ""
    }
}
