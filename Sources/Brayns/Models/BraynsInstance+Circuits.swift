// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What the plugins for circuits and atlases bring.
extension BraynsInstance {
    /// The cells that a circuit's model holds.
    public func circuitIDs(of model: Int) async throws -> [Int] {
        try await call(Methods.getCircuitIDs, CircuitReference(modelID: model))
    }

    /// Makes a circuit's cells thicker or thinner than they were loaded.
    public func setCircuitThickness(_ radiusMultiplier: Double, of model: Int) async throws {
        try await call(
            Methods.setCircuitThickness, CircuitThickness(modelID: model, radiusMultiplier: radiusMultiplier))
    }

    /// The ways to show an atlas.
    public func atlasUseCases(of model: Int) async throws -> [AtlasUseCase] {
        try await call(Methods.getAvailableAtlasUsecases, AtlasReference(modelID: model))
    }

    /// Shows an atlas in one of its ways, as a model of its own.
    @discardableResult
    public func visualizeAtlas(_ model: Int, useCase: String, parameters: JSONValue = .object([:])) async throws
        -> SceneModel
    {
        try await call(
            Methods.visualizeAtlasUsecase,
            AtlasUseCaseRequest(modelID: model, useCase: useCase, params: parameters))
    }
}
