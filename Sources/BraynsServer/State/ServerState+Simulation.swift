// SPDX-License-Identifier: Apache-2.0
import Models
import Raytracer

extension ServerState {
    /// Takes over the times of all models there are: the earliest start, the latest end, the smallest step.
    mutating func scanSimulations() {
        let all = scene.models.values.compactMap { model -> ModelSimulation? in
            guard case .geometry(let geometry) = model.content else { return nil }
            return geometry.simulation
        }
        guard let start = all.map(\.start).min(), let end = all.map(\.end).max(), let step = all.map(\.step).min(),
            step > 0
        else { return simulation = SimulationState() }
        simulation.dt = step.nextUp
        simulation.startFrame = Int(clampingTo32: start / simulation.dt)
        simulation.endFrame = Int(clampingTo32: end / simulation.dt)
        simulation.unit = all.map(\.unit).first { !$0.isEmpty } ?? SimulationState().unit
        simulation.current = min(max(simulation.current, simulation.startFrame), simulation.endFrame)
    }

    /// The scene as it is to be drawn now, simulations in the colours of their frame.
    mutating func drawnScene(_ assets: AssetBuilder) throws -> RenderScene {
        try showSimulations(assets)
        return try drawn.scene(for: scene)
    }

    /// Gives every model with a simulation the colours of the current frame, where it does not have them yet.
    private mutating func showSimulations(_ assets: AssetBuilder) throws {
        let (frame, step) = (simulation.current, simulation.dt)
        for (key, model) in scene.models {
            guard case .geometry(let geometry) = model.content, let own = geometry.simulation, own.isEnabled else {
                continue
            }
            let wanted = ModelSimulation.Shown(frame: frame, ramp: geometry.ramp ?? ColorRamp())
            guard own.shown != wanted else { continue }
            let places = try own.indices(own.time(ofFrame: frame, step: step), wanted.ramp.range)
            let palette = wanted.ramp.palette
            try scene.recolor(key, places.map { palette[Int($0)] }, shown: wanted, assets)
        }
    }
}

extension Int {
    fileprivate init(clampingTo32 value: Double) {
        self = value.isFinite ? Int(Swift.min(Swift.max(value, 0), Double(UInt32.max))) : 0
    }
}
