// SPDX-License-Identifier: Apache-2.0

/// Colours at corners, as files have them and as they are drawn.
enum CornerColors {
    /// Linear colours; none where all are white, and opaque where none is visible: files with an alpha of 0 throughout
    /// mean that they have none.
    static func drawn(_ given: [SIMD4<Float>], _ space: ColorSpace) -> [SIMD4<Float>] {
        var (isWhite, isInvisible) = (true, true)
        // Neighbours often share a colour, and the curve takes a power.
        var last: (given: SIMD4<Float>, linear: SIMD4<Float>)?
        var result = given.map { given -> SIMD4<Float> in
            let color: SIMD4<Float>
            if let last, last.given == given {
                color = last.linear
            } else {
                color = (0..<4).allSatisfy { given[$0].isFinite } ? space.linear(given) : SIMD4(repeating: 1)
                last = (given, color)
            }
            if color != SIMD4(repeating: 1) { isWhite = false }
            if color.w > 0 { isInvisible = false }
            return color
        }
        if isWhite { return [] }
        if isInvisible { for index in result.indices { result[index].w = 1 } }
        return result
    }
}
