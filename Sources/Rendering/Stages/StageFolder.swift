// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs

/// A folder of our own for the files of one stage.
struct StageFolder {
    let path: String

    /// - Throws: `RendererError` when it cannot be made.
    init() throws(RendererError) {
        path = NSTemporaryDirectory() + "darkroom-stage-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw RendererError(
                .environment, stage: "load",
                "The temporary folder \(path) cannot be made: \(error.localizedDescription)", underlying: error)
        }
    }

    /// Deletes the folder with what is in it.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
