// SPDX-License-Identifier: Apache-2.0
import Scene

/// One frame to draw: blocks the caller and works on all cores.
///
/// The same task gives the same bytes with any number of threads: what is random depends on the pixel and the
/// sample's number alone.
public struct FrameRenderTask: Sendable {
    public var scene: RenderScene
    public var camera: CameraSettings
    public var settings: RendererSettings
    /// Threads to work on; all cores when `nil`.
    public var threads: Int?

    public init(scene: RenderScene, camera: CameraSettings, settings: RendererSettings, threads: Int? = nil) {
        (self.scene, self.camera, self.settings, self.threads) = (scene, camera, settings, threads)
    }

    /// Adds one accumulation of `settings.samplesPerPixel` samples to a framebuffer.
    ///
    /// - Parameters:
    ///   - isCancelled: asked before every tile, from the working threads.
    ///   - progress: told the share that is done, 0…1, from the working threads, one call at a time.
    /// - Throws: `.cancelled`; the framebuffer then holds part of a frame and must be reset.
    public func render(
        into framebuffer: Framebuffer, isCancelled: @Sendable () -> Bool = { false },
        progress: (@Sendable (Double) -> Void)? = nil
    ) throws(RaytracerError) {
        throw RaytracerError(.unsupported, "not there yet")
    }
}
