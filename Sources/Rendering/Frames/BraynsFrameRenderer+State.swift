// SPDX-License-Identifier: Apache-2.0
import Brayns
import Jobs
import Scene

/// The state of a shared backend as it was found.
struct FoundState: Sendable {
    var camera: Camera?
    var renderer: RendererParameters?
    var viewport: PixelSize?
    var simulationFrame: Int?

    /// The renderer in use with its parameters.
    enum RendererParameters: Sendable {
        case interactive(InteractiveParameters)
        case production(ProductionParameters)
    }
}

/// Parts of a backend's state that all its clients share.
struct TouchedState: OptionSet, Sendable {
    let rawValue: Int

    static let camera = TouchedState(rawValue: 1)
    static let renderer = TouchedState(rawValue: 2)
    static let viewport = TouchedState(rawValue: 4)
    static let simulation = TouchedState(rawValue: 8)
    static let everything: TouchedState = [.camera, .renderer, .viewport, .simulation]
}

extension BraynsFrameRenderer {
    /// Remembers a shared backend's state, once, before anything is changed.
    func rememberState(_ clock: StageClock) async throws {
        guard found == nil, session.process == nil else { return }
        let instance = clock.instance
        var state = FoundState()
        // A camera or renderer of an unknown plugin cannot be put back, and is no reason not to draw.
        state.camera = try? await instance.camera()
        switch try await instance.rendererType() {
        case "interactive": state.renderer = .interactive(try await instance.interactiveRenderer())
        case "production": state.renderer = .production(try await instance.productionRenderer())
        default: break
        }
        state.viewport = try await instance.applicationParameters().viewport
        state.simulationFrame = try await instance.simulation().current
        found = state
    }

    /// Takes out what this renderer brought in, and puts a remote backend's state back.
    func leaveAsFound() async {
        var instance = session.instance.withDeadline(options.connectTimeout)
        // What was found there cannot be wrong to put back.
        instance.isGuarded = false
        let ours = held.models + held.lightIDs
        // Each step by itself: one that fails must not keep the others from being made.
        if !ours.isEmpty { try? await instance.removeModels(ours) }
        held = HeldScene()
        guard let found else { return }
        if touched.contains(.camera), let camera = found.camera {
            try? await instance.setCamera(camera)
        }
        if touched.contains(.renderer) {
            switch found.renderer {
            case .interactive(let parameters): try? await instance.setRenderer(parameters)
            case .production(let parameters): try? await instance.setRenderer(parameters)
            case nil: break
            }
        }
        if touched.contains(.viewport), let viewport = found.viewport {
            try? await instance.setViewport(viewport)
        }
        if touched.contains(.simulation), let frame = found.simulationFrame {
            try? await instance.setSimulationFrame(frame)
        }
        (told, touched) = (ToldState(), [])
    }
}
