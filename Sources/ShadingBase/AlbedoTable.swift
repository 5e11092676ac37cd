// SPDX-License-Identifier: Apache-2.0
import CShading

/// Share of light that white microfacets reflect at the first bounce, tabulated over the cosine of the direction and
/// the roughness: `SHADING_ALBEDO_SIDE` rows of roughness, and a last row of each roughness' average.
enum AlbedoTable {
    private static let side = Int(SHADING_ALBEDO_SIDE)

    /// 1 where there is no table.
    @inline(never)
    static func directional(_ table: UnsafePointer<Float>?, _ cosine: Lanes, _ roughness: Lanes) -> Lanes {
        guard let table else { return Lanes(repeating: 1) }
        let (x, y) = (position(cosine), position(roughness))
        var result = Lanes(repeating: 1)
        for lane in 0..<16 {
            let (column, row) = (Int(x[lane]), Int(y[lane]))
            let (fx, fy) = (x[lane] - Float(column), y[lane] - Float(row))
            let p = table + row * side + column
            let low = p[0] * (1 - fx) + p[1] * fx
            let high = p[side] * (1 - fx) + p[side + 1] * fx
            result[lane] = low * (1 - fy) + high * fy
        }
        return result
    }

    @inline(never)
    static func average(_ table: UnsafePointer<Float>?, _ roughness: Lanes) -> Lanes {
        guard let table else { return Lanes(repeating: 1) }
        let y = position(roughness)
        var result = Lanes(repeating: 1)
        for lane in 0..<16 {
            let row = Int(y[lane])
            let p = table + side * side + row
            let f = y[lane] - Float(row)
            result[lane] = p[0] * (1 - f) + p[1] * f
        }
        return result
    }

    /// 0…1 as a place in a row that has a neighbour to its right; 0 for what is not a number.
    @inline(__always)
    private static func position(_ share: Lanes) -> Lanes {
        let zero = Lanes(repeating: 0)
        let known = lanes_select(lanes_greater(share, zero), share, zero)
        return lanes_min(known * Float(side - 1), Lanes(repeating: Float(side) - 1.001))
    }
}
