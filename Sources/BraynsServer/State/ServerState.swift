// SPDX-License-Identifier: Apache-2.0
import Scene

/// Everything that the clients share: touched on the execution queue alone.
struct ServerState: Sendable {
    var scene = SceneState()
    var camera = CameraState()
    var renderer = RendererSettings.interactiveDefault
    var viewport: PictureSize
    var simulation = SimulationState()
    var framebuffer = FramebufferState()
    /// The scene as it was drawn last.
    var drawn = RenderSceneCache()

    init(viewport: PictureSize) { self.viewport = viewport }
}

/// Width and height in pixels.
struct PictureSize: Hashable, Sendable {
    var width: Int
    var height: Int

    var aspect: Double { Double(width) / Double(max(1, height)) }
}

/// Time, for models that change with it.
struct SimulationState: Sendable, Hashable {
    var current = 0
    var dt = 0.0
    var startFrame = 0
    var endFrame = 0
    var unit = "ms"

    mutating func setFrame(_ frame: Int) throws(RPCFailure) {
        guard frame >= startFrame, frame <= endFrame else { throw .internalError("Simulation frame out of range") }
        current = frame
    }
}
