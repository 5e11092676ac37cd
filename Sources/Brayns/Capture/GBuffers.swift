// SPDX-License-Identifier: Apache-2.0
import Scene

/// An export of a picture's channels as an OpenEXR file, with settings of its own.
///
///     try await GBuffers([.depth, .normal], size: .fullHD, camera: camera).save(to: "depth.exr", from: instance)
///
/// What is `nil` is taken from the server's shared state.
public struct GBuffers: Hashable, Sendable {
    /// The channels, at least one.
    public var channels: [BufferChannel]
    /// At least 64 by 64 on a real server.
    public var size: PixelSize?
    /// The camera.
    public var camera: Camera?
    /// The renderer.
    public var renderer: RendererSettings?
    /// The frame of the simulation.
    public var simulationFrame: Int?

    /// An export of some channels.
    public init(
        _ channels: [BufferChannel] = BufferChannel.exported, size: PixelSize? = nil, camera: Camera? = nil,
        renderer: RendererSettings? = nil, simulationFrame: Int? = nil
    ) {
        (self.channels, self.size, self.camera) = (channels, size, camera)
        (self.renderer, self.simulationFrame) = (renderer, simulationFrame)
    }

    /// The request that exports them, or lets the server write them to a file of its own.
    public func request(serverPath: String? = nil) -> BufferRequest {
        var request = BufferRequest(channels: channels, resolution: size, filePath: serverPath)
        if let camera { request.use(camera) }
        if let renderer { request.use(renderer) }
        request.simulationFrame = simulationFrame
        return request
    }

    /// Renders and returns the bytes of the OpenEXR file.
    ///
    /// - Throws: `BraynsError`, `.badReply` when the server sends none.
    public func download(from instance: BraynsInstance, progress: BraynsInstance.ProgressHandler? = nil) async throws
        -> [UInt8]
    {
        let bytes = try await instance.exportBuffers(request(), progress: progress)
        guard !bytes.isEmpty else {
            throw BraynsError(.badReply, "\(instance.peer) answered export-gbuffers without buffers.")
        }
        return bytes
    }

    /// Renders and writes a file of this machine, which appears whole or not at all.
    ///
    /// - Throws: `BraynsError`, `.file` when the file cannot be written.
    public func save(
        to path: String, from instance: BraynsInstance, progress: BraynsInstance.ProgressHandler? = nil
    ) async throws {
        try writePicture(try await download(from: instance, progress: progress), to: path, from: instance.peer)
    }

    /// Lets the server write a file of its own machine.
    public func saveRemotely(to path: String, on instance: BraynsInstance) async throws {
        _ = try await instance.exportBuffers(request(serverPath: path))
    }
}
