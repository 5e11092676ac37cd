// SPDX-License-Identifier: Apache-2.0

/// One of the six axis directions, written `+x`, `-z` and so on.
public enum Axis: String, Hashable, Sendable, Codable, CaseIterable {
    case plusX = "+x"
    case minusX = "-x"
    case plusY = "+y"
    case minusY = "-y"
    case plusZ = "+z"
    case minusZ = "-z"

    /// The unit vector along the axis.
    public var direction: Vector3 {
        switch self {
        case .plusX: Vector3(1, 0, 0)
        case .minusX: Vector3(-1, 0, 0)
        case .plusY: Vector3(0, 1, 0)
        case .minusY: Vector3(0, -1, 0)
        case .plusZ: Vector3(0, 0, 1)
        case .minusZ: Vector3(0, 0, -1)
        }
    }
}
