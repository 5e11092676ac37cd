// SPDX-License-Identifier: Apache-2.0

/// The parameters of `set-material-NAME`.
public struct MaterialUpdate<Parameters: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// The model.
    public var modelID: Int
    /// Its new material's parameters.
    public var material: Parameters

    /// Takes every value.
    public init(modelID: Int, material: Parameters) { (self.modelID, self.material) = (modelID, material) }

    enum CodingKeys: String, CodingKey {
        case modelID = "model_id"
        case material
    }
}
