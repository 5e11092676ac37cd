// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Lists the cells that a circuit's model holds.
    ///
    /// Belongs to the plugin Circuit Explorer.
    public static let getCircuitIDs = Method<CircuitReference, [Int]>("get-circuit-ids", plugin: .circuitExplorer)

    /// Makes a circuit's cells thicker or thinner.
    ///
    /// Belongs to the plugin Circuit Explorer.
    public static let setCircuitThickness = Method<CircuitThickness, NoValue>(
        "set-circuit-thickness", plugin: .circuitExplorer)

    /// Lists the ways to show an atlas.
    ///
    /// Belongs to the plugin Atlas Explorer.
    public static let getAvailableAtlasUsecases = Method<AtlasReference, [AtlasUseCase]>(
        "get-available-atlas-usecases", plugin: .atlasExplorer)

    /// Shows an atlas in one of its ways.
    ///
    /// Belongs to the plugin Atlas Explorer.
    public static let visualizeAtlasUsecase = Method<AtlasUseCaseRequest, SceneModel>(
        "visualize-atlas-usecase", plugin: .atlasExplorer)
}
