// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import JSONRPC

/// Names a circuit.
public struct CircuitReference: Codable, Hashable, Sendable {
    /// The circuit's model.
    public var modelID: Int

    /// Takes every value.
    public init(modelID: Int) {
        self.modelID = modelID
    }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
    }
}

/// The parameters of `set-circuit-thickness`.
public struct CircuitThickness: Codable, Hashable, Sendable {
    /// The circuit's model.
    public var modelID: Int
    /// What the radii of the loaded cells are multiplied by.
    public var radiusMultiplier: Double

    /// Takes every value.
    public init(modelID: Int, radiusMultiplier: Double) {
        self.modelID = modelID
        self.radiusMultiplier = radiusMultiplier
    }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case radiusMultiplier = "radius_multiplier"
    }
}

/// Names an atlas.
public struct AtlasReference: Codable, Hashable, Sendable {
    /// The atlas' model.
    public var modelID: Int

    /// Takes every value.
    public init(modelID: Int) {
        self.modelID = modelID
    }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
    }
}

/// One way to show an atlas.
public struct AtlasUseCase: Codable, Hashable, Sendable {
    /// Its name.
    public var name: String
    /// JSON schema of its parameters.
    public var paramsSchema: JSONValue

    /// Takes every value.
    public init(name: String, paramsSchema: JSONValue) {
        self.name = name
        self.paramsSchema = paramsSchema
    }

    enum CodingKeys: String, CodingKey {
        case name
        case paramsSchema = "params_schema"
    }
}

/// The parameters of `visualize-atlas-usecase`.
public struct AtlasUseCaseRequest: Codable, Hashable, Sendable {
    /// The atlas' model.
    public var modelID: Int
    /// The name of the way to show it.
    public var useCase: String
    /// Its parameters.
    public var params: JSONValue

    /// Takes every value.
    public init(modelID: Int, useCase: String, params: JSONValue) {
        self.modelID = modelID
        self.useCase = useCase
        self.params = params
    }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case useCase = "use_case"
        case params
    }
}
