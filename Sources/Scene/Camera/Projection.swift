// SPDX-License-Identifier: Apache-2.0

/// How space is brought onto the picture.
public enum Projection: Hashable, Sendable {
    /// A pinhole or thin lens: vertical field of view in degrees, lens radius and focus distance in scene units.
    case perspective(fovy: Double = 45, apertureRadius: Double = 0, focusDistance: Double = 1)
    /// Parallel rays: the picture's height in scene units.
    case orthographic(height: Double)
    /// A cylinder around the eye: vertical field of view in degrees; the width covers 360 degrees.
    case cylindric(fovy: Double = 45)
}
