// SPDX-License-Identifier: Apache-2.0
import CShading
import Dispatch
import Scene
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// One frame to draw: blocks the caller and works on all cores.
///
/// The same task gives the same bytes with any number of threads: what is random depends on the pixel and the
/// sample's number alone.
///
/// ```swift
/// let frame = Framebuffer(width: 640, height: 480)
/// try FrameRenderTask(scene: scene, camera: camera, settings: RendererSettings()).render(into: frame)
/// let picture = frame.encoded8()
/// ```
public struct FrameRenderTask: Sendable {
    public var scene: RenderScene
    public var camera: CameraSettings
    public var settings: RendererSettings
    /// Threads to work on; all cores when `nil`.
    public var threads: Int?
    /// Samples of the fine guides, those of the colour among them; up to `mostGuideSamples`. No more are drawn where
    /// the colour has as many.
    public var guideSamples = 16
    /// Which build of the kernels draws.
    public var kernels = ShadingKernels.current
    /// Rays that Embree is given at once: 16, 8 or 4.
    var packetWidth = EmbreeDevice.shared.packetWidth
    /// Whether tiles that cannot show anything are told without tracing; changes nothing but the time.
    var skipsEmptyTiles = true

    public init(scene: RenderScene, camera: CameraSettings, settings: RendererSettings, threads: Int? = nil) {
        (self.scene, self.camera, self.settings, self.threads) = (scene, camera, settings, threads)
    }

    /// What `guideSamples` is cut to.
    public static let mostGuideSamples = 1024

    /// Occlusion rays a sample; more than a thousand change nothing that can be seen.
    var occlusionRays: Int { min(max(0, settings.ambientOcclusionSamples), 1024) }

    /// Adds one accumulation of `settings.samplesPerPixel` samples to a framebuffer.
    ///
    /// - Parameters:
    ///   - isCancelled: asked before every tile, from the working threads.
    ///   - progress: told the share that is done, 0…1 and rising, from the working threads, one call at a time.
    /// - Throws: `.cancelled`; the framebuffer then holds part of a frame and must be reset.
    public func render(
        into framebuffer: Framebuffer, isCancelled: @Sendable () -> Bool = { false },
        progress: (@Sendable (Double) -> Void)? = nil
    ) throws(RaytracerError) {
        guard framebuffer.width > 0, framebuffer.height > 0 else { return }
        let aspect = Double(framebuffer.width) / Double(framebuffer.height)
        let camera = try camera.record(aspect: aspect)
        let samples = max(1, settings.samplesPerPixel)
        let result = framebuffer.lock.withLock { state -> Result<Void, RaytracerError> in
            let drawn = state.samples + samples
            let guides = missingGuides(framebuffer, after: drawn)
            let passes = FramePasses(samples: samples, occlusionRays: occlusionRays)
            let looks = FramePasses(samples: guides, occlusionRays: 0)
            let counter = TileCounter(passes, framebuffer, extra: looks.count, progress)
            state.hasFineGuides = false
            func draw(_ passes: FramePasses, _ range: Range<Int>, _ work: FramePass.Work) -> Bool {
                stride(from: range.lowerBound, to: range.upperBound, by: passes.samplesPerPass).allSatisfy { first in
                    FramePass(
                        task: self, camera: camera, framebuffer: framebuffer, first: first,
                        count: min(passes.samplesPerPass, range.upperBound - first), work: work
                    ).run(counter, isCancelled)
                }
            }
            guard draw(passes, state.samples..<drawn, .picture),
                draw(looks, drawn..<drawn + guides, .guides(after: drawn))
            else { return .failure(RaytracerError(.cancelled, "The frame was cancelled.")) }
            state.hasFineGuides = guides > 0
            state.samples = drawn
            state.frames += 1
            return .success(())
        }
        try result.get()
    }

    /// How many samples the fine guides need besides those of the colour.
    private func missingGuides(_ framebuffer: Framebuffer, after samples: Int) -> Int {
        guard framebuffer.channels.contains(.fineGuides) else { return 0 }
        return max(0, min(guideSamples, Self.mostGuideSamples) - samples)
    }
}
