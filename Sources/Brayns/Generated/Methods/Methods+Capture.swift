// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Renders a picture without changing the server's state, but for the simulation frame.
    ///
    /// Runs as a task, which reports progress and can be cancelled.
    public static let snapshot = Method<SnapshotRequest, SnapshotReply>("snapshot", isTask: true)

    /// Renders channels of a picture into an OpenEXR file, which is the reply's payload.
    ///
    /// Runs as a task, which reports progress and can be cancelled.
    public static let exportGbuffers = Method<BufferRequest, NoValue>("export-gbuffers", isTask: true)

    /// Renders and sends the server's own picture: its camera, renderer and viewport.
    public static let renderImage = Method<RenderImageRequest, RenderImageReply>("render-image")

    /// Draws every frame at full size from its first pass, as a server does by itself.
    public static let setFramebufferStatic = Method<NoValue, NoValue>("set-framebuffer-static")

    /// Draws first passes smaller.
    public static let setFramebufferProgressive = Method<ProgressiveFramebuffer, NoValue>("set-framebuffer-progressive")

    /// Tells what lies at a point of the picture.
    public static let inspect = Method<PickRequest, PickResult>("inspect")
}
