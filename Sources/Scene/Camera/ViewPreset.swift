// SPDX-License-Identifier: Apache-2.0

/// The named sides from which a model is looked at.
public enum ViewPreset: String, CaseIterable, Hashable, Sendable, Codable {
    case front, back, left, right, top, bottom
    /// From the right, above and in front, all three axes alike: a cube shows three faces.
    case iso

    /// The direction from the eye to the target, of length 1.
    ///
    /// `right` is seen from the model's right as the front view shows it, as Brayns' client has it.
    public func direction(up: Axis) -> Vector3 {
        let frame = up.frame
        switch self {
        case .front: return -frame.front
        case .back: return frame.front
        case .left: return frame.right
        case .right: return -frame.right
        case .top: return -frame.up
        case .bottom: return frame.up
        case .iso:
            let sum = frame.right + frame.up + frame.front
            return -(sum / sum.length)
        }
    }

    /// The direction that points up in the picture.
    public func upVector(up: Axis) -> Vector3 {
        switch self {
        case .top: -up.frame.front
        case .bottom: up.frame.front
        default: up.direction
        }
    }
}
