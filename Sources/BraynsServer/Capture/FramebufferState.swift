// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Raytracer
import Scene

/// The framebuffer that `render-image` accumulates in, shared by all clients.
struct FramebufferState: Sendable {
    /// What a picture depends on: a change of it begins the accumulation anew.
    struct Key: Hashable, Sendable {
        var scene: Int
        var camera: CameraState
        var renderer: RendererSettings
        var size: PictureSize
        var frame: Int
    }

    /// How the first frame after a change is drawn: whole, or `scale` times smaller for speed.
    enum Kind: Hashable, Sendable {
        case whole
        case progressive(scale: Int)
    }

    var kind = Kind.whole {
        didSet { forget() }
    }
    private var key: Key?
    private var preview: Framebuffer?
    private var full: Framebuffer?
    /// Whether the small picture is the one to draw and send.
    private var showsPreview = false

    /// Frames accumulated since the last change.
    var accumulation: Int { (preview?.accumulation ?? 0) + (full?.accumulation ?? 0) }

    private var current: Framebuffer? { showsPreview ? preview : full }

    /// Draws one more frame unless there are enough, and says whether it did.
    mutating func render(
        _ key: Key, scene: RenderScene, threads: Int?, isCancelled: @Sendable () -> Bool
    ) throws -> Bool {
        if key != self.key { begin(key) }
        guard accumulation < key.renderer.samplesPerPixel, let current else { return false }
        do {
            try FrameRenderTask(
                scene: scene, camera: key.camera.settings, settings: key.renderer, threads: threads
            ).render(into: current, isCancelled: isCancelled)
        } catch {
            forget()
            throw error
        }
        return true
    }

    /// The picture so far, `nil` when none was drawn. After the small picture comes the whole one.
    mutating func picture() -> PixelBuffer? {
        defer { showsPreview = false }
        guard let current, current.accumulation > 0 else { return nil }
        return current.encoded8()
    }

    private mutating func begin(_ key: Key) {
        if self.key?.size != key.size || full == nil {
            full = Framebuffer(width: key.size.width, height: key.size.height, channels: .colorOnly)
        }
        full?.reset()
        preview = nil
        showsPreview = false
        if case .progressive(let scale) = kind {
            let small = key.size.scaled(down: scale)
            preview = Framebuffer(width: small.width, height: small.height, channels: .colorOnly)
            showsPreview = true
        }
        self.key = key
    }

    private mutating func forget() { (key, preview, full, showsPreview) = (nil, nil, nil, false) }
}

extension PictureSize {
    /// The size divided, but not below 64 pixels where it is above.
    fileprivate func scaled(down scale: Int) -> PictureSize {
        let most = max(1, min(width / 64, height / 64))
        let divisor = max(1, min(scale, most))
        return PictureSize(width: width / divisor, height: height / divisor)
    }
}
