// SPDX-License-Identifier: Apache-2.0
import Scene

/// A picture to be taken with settings of its own, which leaves the server's state alone.
///
///     let bytes = try await Snapshot(size: .fullHD, camera: camera, renderer: settings).download(from: instance)
///     try await Snapshot(camera: camera).save(to: "snapshot.png", from: instance)
///
/// What is `nil` is taken from the server's shared state.
public struct Snapshot: Hashable, Sendable {
    /// At least 64 by 64 on a real server.
    public var size: PixelSize?
    public var camera: Camera?
    public var renderer: RendererSettings?
    public var simulationFrame: Int?
    /// 0…100.
    public var jpegQuality: Int
    public var metadata: PictureMetadata?

    public init(
        size: PixelSize? = nil, camera: Camera? = nil, renderer: RendererSettings? = nil, simulationFrame: Int? = nil,
        jpegQuality: Int = 100, metadata: PictureMetadata? = nil
    ) {
        (self.size, self.camera, self.renderer) = (size, camera, renderer)
        (self.simulationFrame, self.jpegQuality, self.metadata) = (simulationFrame, jpegQuality, metadata)
    }

    /// The request that takes this snapshot in a format, or lets the server write it to a file of its own.
    public func request(format: PictureFormat, serverPath: String? = nil) -> SnapshotRequest {
        var request = SnapshotRequest(
            imageSettings: .init(format: format, quality: format == .jpg ? jpegQuality : nil, size: size))
        if let camera { request.use(camera) }
        if let renderer { request.use(renderer) }
        (request.simulationFrame, request.metadata, request.filePath) = (simulationFrame, metadata, serverPath)
        return request
    }

    /// Renders and returns the encoded picture.
    ///
    /// - Throws: `BraynsError`, `.badReply` when the server sends none.
    public func download(
        from instance: BraynsInstance, as format: PictureFormat = .png,
        progress: BraynsInstance.ProgressHandler? = nil
    ) async throws -> [UInt8] {
        let bytes = try await instance.snapshot(request(format: format), progress: progress)
        guard !bytes.isEmpty else {
            throw BraynsError(.badReply, "\(instance.peer) answered snapshot without a picture.")
        }
        return bytes
    }

    /// Renders and writes the picture to a file of this machine, which appears whole or not at all.
    ///
    /// - Throws: `BraynsError`, `.badArgument` for an extension that is not png, jpg or jpeg, `.file` when the file
    ///   cannot be written.
    public func save(
        to path: String, from instance: BraynsInstance, progress: BraynsInstance.ProgressHandler? = nil
    ) async throws {
        let bytes = try await download(from: instance, as: try pictureFormat(of: path), progress: progress)
        try writePicture(bytes, to: path, from: instance.peer)
    }

    /// Lets the server write the picture to a file of its own machine.
    public func saveRemotely(to path: String, on instance: BraynsInstance) async throws {
        _ = try await instance.snapshot(request(format: try pictureFormat(of: path), serverPath: path))
    }
}
