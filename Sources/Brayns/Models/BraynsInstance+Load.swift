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

    /// Loads a file by the path that the server has, with the settings of its loader.
    ///
    ///     try await instance.load("/data/cell.swc", with: Morphology(radiusMultiplier: 20, geometryType: .smooth))
    @discardableResult
    public func load<Settings: LoaderSettings>(
        _ path: String, with settings: Settings, progress: ProgressHandler? = nil
    ) async throws -> [SceneModel] {
        try await addModel(path: path, loading: try ModelLoading(settings), progress: progress)
    }

    /// Sends a file of this machine to the server, with the settings of a loader that takes uploads.
    ///
    /// - Throws: `BraynsError`, `.file` when the file cannot be read, `.badArgument` for a loader that takes no uploads.
    @discardableResult
    public func upload<Settings: LoaderSettings>(
        _ path: String, with settings: Settings, progress: ProgressHandler? = nil
    ) async throws -> [SceneModel] {
        guard Settings.takesUploads else {
            throw BraynsError(
                .badArgument,
                "\(path): the loader \(Settings.loaderName) takes no uploads; put the file where the server can open it."
            )
        }
        return try await upload(path, with: try ModelLoading(settings), progress: progress)
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
