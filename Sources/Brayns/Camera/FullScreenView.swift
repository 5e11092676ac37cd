// SPDX-License-Identifier: Apache-2.0
import Scene

extension Projection {
    /// Where a camera of this projection stands to have a box fill the picture, in front of it (towards +z).
    ///
    /// The distance is that of Brayns' Python client: the box's front face fills the picture's height, or its width
    /// where that is the narrower fit. An orthographic projection shows so much only with the height that
    /// `Camera.fullScreen(of:)` gives it.
    /// - Parameter aspect: the picture's width by its height.
    public func fullScreenView(of bounds: Bounds, aspect: Double = 1) -> View {
        Camera.fullScreen(of: bounds, aspect: aspect, projection: self).view
    }
}

extension View {
    /// Turns the camera about a point, its target and up vector with it.
    public mutating func rotate(about center: Vector3, by rotation: Quaternion) {
        position = rotation.rotate(position, about: center)
        target = rotation.rotate(target, about: center)
        up = rotation.rotate(up)
    }
}
