// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// What lies at a point of the picture.
public struct PickResult: Codable, Hashable, Sendable {
    /// Whether anything lies there; the other members mean nothing otherwise.
    public var hit: Bool
    /// The model; 0 is a valid id.
    public var modelID: Int
    /// The point that was hit, in scene units.
    public var position: Vector3
    /// What the model's kind tells of the spot.
    public var metadata: JSONValue?

    enum CodingKeys: String, CodingKey {
        case hit, position, metadata
        case modelID = "model_id"
    }
}
