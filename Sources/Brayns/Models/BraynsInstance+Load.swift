// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

extension BraynsInstance {
    /// Loads a file by the path that the server has, with the loader that its extension asks for.
    @discardableResult
    public func load(_ path: String, progress: ProgressHandler? = nil) async throws -> [SceneModel] {
        try await addModel(path: path, progress: progress)
    }

    /// Loads a file by the path that the server has, with a loader and its properties.
    @discardableResult
    public func load(_ path: String, with loading: ModelLoading, progress: ProgressHandler? = nil) async throws
        -> [SceneModel]
    {
        try await addModel(path: path, loading: loading, progress: progress)
    }

    /// Sends a file of this machine to the server, for loaders that take uploads.
    ///
    /// - Throws: `BraynsError`, `.file` when the file cannot be read.
    @discardableResult
    public func upload(_ path: String, with loading: ModelLoading = .mesh, progress: ProgressHandler? = nil)
        async throws -> [SceneModel]
    {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw BraynsError(.file, "\(path) cannot be read to send it to \(peer): \(error)", underlying: error)
        }
        let type = path.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? ""
        return try await uploadModel(bytes, type: type.lowercased(), loading: loading, progress: progress)
    }
}
