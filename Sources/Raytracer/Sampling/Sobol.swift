// SPDX-License-Identifier: Apache-2.0
import CShading

/// The Sobol sequence: points that fill a space of many dimensions evenly, the first of them as well as all.
///
/// Direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections",
/// SIAM Journal on Scientific Computing 30 (2008), set "new-joe-kuo-6".
struct Sobol: Sendable {
    static let shared = Sobol()

    /// What kernels may ask for; they make up the numbers of further dimensions themselves.
    static let dimensions = Int(SHADING_SOBOL_DIMENSIONS)
    private static let bits = 32

    /// For each dimension what each bit of a point's number adds, exclusively.
    private let columns: [UInt32]

    init() {
        var columns = (0..<Self.bits).map { UInt32(1) << UInt32(31 - $0) }
        var next = 0
        while next < Self.polynomials.count {
            let degree = Int(Self.polynomials[next])
            let first = Self.polynomials[(next + 2)..<(next + 2 + degree)]
            columns += Self.column(degree, coefficients: Self.polynomials[next + 1], Array(first))
            next += 2 + degree
        }
        self.columns = columns
    }

    /// The bits' additions in one dimension, from a primitive polynomial without its first and last coefficient.
    private static func column(_ degree: Int, coefficients: UInt32, _ first: [UInt32]) -> [UInt32] {
        var v = first.enumerated().map { $1 << UInt32(31 - $0) }
        for i in degree..<bits {
            var value = v[i - degree] ^ (v[i - degree] >> UInt32(degree))
            for k in 1..<max(degree, 1) where (coefficients >> UInt32(degree - 1 - k)) & 1 != 0 { value ^= v[i - k] }
            v.append(value)
        }
        return v
    }

    /// One coordinate of a point, 0 to 1.
    func value(_ index: UInt32, dimension: Int) -> Float {
        var result: UInt32 = 0
        for bit in 0..<Self.bits where (index >> UInt32(bit)) & 1 != 0 {
            result ^= columns[dimension * Self.bits + bit]
        }
        return Float(result) * 0x1p-32
    }

    /// For each dimension from the second on: degree, coefficients of the polynomial as bits, direction numbers.
    private static let polynomials: [UInt32] = [
        1, 0, 1, 2, 1, 1, 3, 3, 1, 1, 3, 1, 3, 2, 1, 1, 1, 4, 1, 1, 1, 3, 3, 4, 4, 1, 3, 5, 13, 5, 2, 1, 1, 5, 5,
        17, 5, 4, 1, 1, 5, 5, 5, 5, 7, 1, 1, 7, 11, 19, 5, 11, 1, 1, 5, 1, 1, 5, 13, 1, 1, 1, 3, 11, 5, 14, 1, 3,
        5, 5, 31, 6, 1, 1, 3, 3, 9, 7, 49, 6, 13, 1, 1, 1, 15, 21, 21, 6, 16, 1, 3, 1, 13, 27, 49, 6, 19, 1, 1, 1,
        15, 7, 5, 6, 22, 1, 3, 1, 15, 13, 25, 6, 25, 1, 1, 5, 5, 19, 61, 7, 1, 1, 3, 7, 11, 23, 15, 103, 7, 4, 1,
        3, 7, 13, 13, 15, 69, 7, 7, 1, 1, 3, 13, 7, 35, 63, 7, 8, 1, 3, 5, 9, 1, 25, 53, 7, 14, 1, 3, 1, 13, 9, 35,
        107, 7, 19, 1, 3, 1, 5, 27, 61, 31, 7, 21, 1, 1, 5, 11, 19, 41, 61, 7, 28, 1, 3, 5, 3, 3, 13, 69, 7, 31, 1,
        1, 7, 13, 1, 19, 1, 7, 32, 1, 3, 7, 5, 13, 19, 59, 7, 37, 1, 1, 3, 9, 25, 29, 41, 7, 41, 1, 3, 5, 13, 23,
        1, 55, 7, 42, 1, 3, 7, 3, 13, 59, 17, 7, 50, 1, 3, 1, 3, 5, 53, 69, 7, 55, 1, 1, 5, 5, 23, 33, 13, 7, 56,
        1, 1, 7, 7, 1, 61, 123, 7, 59, 1, 1, 7, 9, 13, 61, 49, 7, 62, 1, 3, 3, 5, 3, 55, 33, 8, 14, 1, 3, 1, 15,
        31, 13, 49, 245, 8, 21, 1, 3, 5, 15, 31, 59, 63, 97, 8, 22, 1, 3, 1, 11, 11, 11, 77, 249, 8, 38, 1, 3, 1,
        11, 27, 43, 71, 9, 8, 47, 1, 1, 7, 15, 21, 11, 81, 45, 8, 49, 1, 3, 7, 3, 25, 31, 65, 79, 8, 50, 1, 3, 1,
        1, 19, 11, 3, 205, 8, 52, 1, 1, 5, 9, 19, 21, 29, 157, 8, 56, 1, 3, 7, 11, 1, 33, 89, 185, 8, 67, 1, 3, 3,
        3, 15, 9, 79, 71, 8, 70, 1, 3, 7, 11, 15, 39, 119, 27, 8, 84, 1, 1, 3, 1, 11, 31, 97, 225, 8, 97, 1, 1, 1,
        3, 23, 43, 57, 177, 8, 103, 1, 3, 7, 7, 17, 17, 37, 71, 8, 115, 1, 3, 1, 5, 27, 63, 123, 213, 8, 122, 1, 1,
        3, 5, 11, 43, 53, 133, 9, 8, 1, 3, 5, 5, 29, 17, 47, 173, 479, 9, 13, 1, 3, 3, 11, 3, 1, 109, 9, 69, 9, 16,
        1, 1, 1, 5, 17, 39, 23, 5, 343, 9, 22, 1, 3, 1, 5, 25, 15, 31, 103, 499, 9, 25, 1, 1, 1, 11, 11, 17, 63,
        105, 183, 9, 44, 1, 1, 5, 11, 9, 29, 97, 231, 363, 9, 47, 1, 1, 5, 15, 19, 45, 41, 7, 383, 9, 52, 1, 3, 7,
        7, 31, 19, 83, 137, 221, 9, 55, 1, 1, 1, 3, 23, 15, 111, 223, 83, 9, 59, 1, 1, 5, 13, 31, 15, 55, 25, 161,
        9, 62, 1, 1, 3, 13, 25, 47, 39, 87, 257,
    ]
}
