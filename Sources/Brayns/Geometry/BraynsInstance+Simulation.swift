// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension BraynsInstance {
    private struct Switch: Encodable {
        var model_id: Int
        var enabled: Bool
    }

    public func simulation() async throws -> SimulationParameters {
        try await call("get-simulation-parameters", as: SimulationParameters.self)
    }

    /// Shows a frame; one out of range is refused by the server.
    public func setSimulationFrame(_ frame: Int) async throws {
        try await call("set-simulation-parameters", ["current": frame])
    }

    /// Switches a model's simulation on or off.
    public func enableSimulation(_ enabled: Bool, of model: Int) async throws {
        try await call("enable-simulation", Switch(model_id: model, enabled: enabled))
    }
}
