// SPDX-License-Identifier: Apache-2.0
import Scene

/// What `update-model` changes; what is `nil` stays as it is.
public struct ModelChange: Codable, Hashable, Sendable {
    public var isVisible: Bool?
    /// Replaces the model's transform.
    public var transform: Transform?

    public init(isVisible: Bool? = nil, transform: Transform? = nil) {
        (self.isVisible, self.transform) = (isVisible, transform)
    }

    enum CodingKeys: String, CodingKey {
        case isVisible = "is_visible"
        case transform
    }
}
