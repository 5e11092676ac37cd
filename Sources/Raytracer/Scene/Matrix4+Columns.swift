// SPDX-License-Identifier: Apache-2.0
import Scene

/// The upper three rows of a matrix, column after column, as C records hold them.
typealias Columns3x4 = (Float, Float, Float, Float, Float, Float, Float, Float, Float, Float, Float, Float)

extension Matrix4 {
    /// Whether all numbers have a place in `columns`.
    var fitsFloats: Bool {
        [c0, c1, c2, c3].allSatisfy { column in (0..<3).allSatisfy { Float(column[$0]).isFinite } }
    }

    /// Without the last row, which says nothing of a map that keeps lines parallel.
    var columns: Columns3x4 {
        (
            Float(c0.x), Float(c0.y), Float(c0.z), Float(c1.x), Float(c1.y), Float(c1.z), Float(c2.x), Float(c2.y),
            Float(c2.z), Float(c3.x), Float(c3.y), Float(c3.z)
        )
    }
}
