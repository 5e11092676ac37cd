// SPDX-License-Identifier: Apache-2.0

/// Views in equal steps around an axis; the first is the front, the next ones go to the model's right.
public struct Turntable: Hashable, Sendable, Codable {
    /// How many views make the full turn, at least 1.
    public var count: Int
    /// The axis that stands upright in the pictures.
    public var axis: Axis
    /// How far above the model's equator the eye stands, in degrees, within ±90.
    public var elevation: Double

    /// A turn of `views` pictures about `axis`; a count below 1 is taken as 1.
    public init(views count: Int, axis: Axis = .plusY, elevation: Double = 0) {
        self.count = max(1, count)
        self.axis = axis
        self.elevation = elevation.isFinite ? min(90, max(-90, elevation)) : 0
    }

    /// The direction from the eye to the target of one view, of length 1.
    public func direction(_ index: Int) -> Vector3 { turn(index).rotate(pitch.rotate(-axis.frame.front)) }

    /// The direction that points up in one view.
    public func upVector(_ index: Int) -> Vector3 { turn(index).rotate(pitch.rotate(axis.frame.up)) }

    private var pitch: Quaternion { .rotation(degrees: -elevation, about: axis.frame.right) }

    private func turn(_ index: Int) -> Quaternion {
        .rotation(degrees: 360 * Double(index) / Double(count), about: axis.frame.up)
    }
}
