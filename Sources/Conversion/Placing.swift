// SPDX-License-Identifier: Apache-2.0
import Scene

/// Where an asset ends up: axes first, then scaling, then the move to the origin.
struct Placing {
    /// The transform of the root node.
    let root: Matrix4
    /// The box around everything, placed.
    let bounds: Bounds
    /// What was added to bring the middle to the origin; zero when it stays.
    let shift: Vector3

    init(_ bounds: Bounds, _ settings: ConversionSettings) {
        let (axes, factor) = (settings.axisMatrix, settings.scaling)
        var matrix = Matrix4(axes.c0 * factor, axes.c1 * factor, axes.c2 * factor, SIMD4(0, 0, 0, 1))
        var placed = bounds.isEmpty ? bounds : bounds.transformed(by: matrix)
        var shift = Vector3(0, 0, 0)
        if settings.recentersToOrigin, !placed.isEmpty {
            shift = (placed.min + placed.max) * -0.5
            matrix.c3 = SIMD4(shift.x, shift.y, shift.z, 1)
            placed = Bounds(min: placed.min + shift, max: placed.max + shift)
        }
        (root, self.bounds, self.shift) = (matrix, placed, shift)
    }
}
