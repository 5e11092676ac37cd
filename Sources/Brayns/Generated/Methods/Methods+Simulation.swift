// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Tells the frames of the simulation, and the one shown.
    public static let getSimulationParameters = Method<NoValue, SimulationParameters>("get-simulation-parameters")

    /// Shows a frame of the simulation.
    public static let setSimulationParameters = Method<SimulationChange, NoValue>("set-simulation-parameters")

    /// Switches a model's simulation on or off.
    public static let enableSimulation = Method<SimulationSwitch, NoValue>("enable-simulation")
}
