// SPDX-License-Identifier: Apache-2.0

extension BraynsInstance {
    /// The frames of the simulation, and the one shown.
    public func simulation() async throws -> SimulationParameters {
        try await call(Methods.getSimulationParameters)
    }

    /// Shows a frame; one out of range is refused by the server.
    public func setSimulationFrame(_ frame: Int) async throws {
        try await call(Methods.setSimulationParameters, SimulationChange(current: frame))
    }

    /// Switches a model's simulation on or off.
    public func enableSimulation(_ enabled: Bool, of model: Int) async throws {
        try await call(Methods.enableSimulation, SimulationSwitch(modelID: model, enabled: enabled))
    }
}
