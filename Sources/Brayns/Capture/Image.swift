// SPDX-License-Identifier: Apache-2.0

/// The server's own picture: its camera, renderer and viewport as they are.
public struct Image: Hashable, Sendable {
    /// Whether to go on until the picture is complete: samples squared on a real server.
    public var accumulates: Bool
    /// Whether the picture is sent even when nothing changed.
    public var forcesDownload: Bool
    /// 0…100.
    public var jpegQuality: Int

    public init(accumulates: Bool = true, forcesDownload: Bool = true, jpegQuality: Int = 100) {
        (self.accumulates, self.forcesDownload, self.jpegQuality) = (accumulates, forcesDownload, jpegQuality)
    }

    /// Renders, unless `renders` is off, and returns the encoded picture with the state of its accumulation.
    public func download(from instance: BraynsInstance, as format: PictureFormat = .png, renders: Bool = true)
        async throws -> RenderedImage
    {
        try await instance.renderImage(
            RenderImageRequest(
                accumulate: accumulates, force: forcesDownload, format: format,
                jpegQuality: format == .jpg ? jpegQuality : nil, render: renders, send: true))
    }

    /// Renders without sending.
    @discardableResult
    public func render(on instance: BraynsInstance) async throws -> RenderedImage {
        try await instance.renderImage(
            RenderImageRequest(accumulate: accumulates, force: false, render: true, send: false))
    }

    /// Renders and writes the picture to a file of this machine, which appears whole or not at all; writes nothing
    /// when the server had nothing new.
    @discardableResult
    public func save(to path: String, from instance: BraynsInstance) async throws -> RenderedImage {
        let image = try await download(from: instance, as: try pictureFormat(of: path))
        if !image.data.isEmpty { try writePicture(image.data, to: path, from: instance.peer) }
        return image
    }
}
