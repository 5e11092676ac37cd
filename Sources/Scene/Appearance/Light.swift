// SPDX-License-Identifier: Apache-2.0

/// A light source; colours are linear, intensities as Brayns takes them.
public enum Light: Hashable, Sendable {
    /// Light from everywhere.
    case ambient(color: Vector3 = Vector3(repeating: 1), intensity: Double = 1)
    /// Parallel light that travels along `direction`.
    case directional(direction: Vector3, color: Vector3 = Vector3(repeating: 1), intensity: Double = 1)
    /// A parallelogram that shines to the side of `edge1 × edge2`.
    case quad(
        position: Vector3, edge1: Vector3, edge2: Vector3, color: Vector3 = Vector3(repeating: 1),
        intensity: Double = 1)
    /// A shining ball; a radius of 0 is a point light.
    case sphere(
        position: Vector3, radius: Double = 0, color: Vector3 = Vector3(repeating: 1), intensity: Double = 1)
}
