// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What the rough boundary of clear stuff mirrors of light, by the light's direction, as kernels compute it: factors of
/// the powers 0, 2, 4 and 8 of one minus the cosine, which come within 0.005 of the integral for indices up to 2.
enum GlossCurve {
    private struct Key: Hashable {
        var ior: Double
        var roughness: Double
    }

    private static let known = Mutex<[Key: SIMD4<Float>]>([:])
    /// More curves than this are not remembered.
    private static let most = 256
    private static let powers = [0, 2, 4, 8]

    /// - Parameters:
    ///   - ior: index of refraction, 1…3.
    ///   - roughness: 0…1.
    static func factors(ior: Double, roughness: Double) -> SIMD4<Float> {
        let key = Key(ior: ior, roughness: roughness)
        if let factors = known.withLock({ $0[key] }) { return factors }
        let factors = fit(ior, max(roughness * roughness, 0.001))
        known.withLock { if $0.count < most { $0[key] = factors } }
        return factors
    }

    /// The least squares over 32 directions.
    private static func fit(_ ior: Double, _ alpha: Double) -> SIMD4<Float> {
        // Normal equations with the right-hand side behind.
        var rows = Array(repeating: [Double](repeating: 0, count: 5), count: 4)
        for i in 0..<32 {
            let cosine = 0.02 + 0.98 * Double(i) / 31
            let value = MicrofacetAlbedo.albedo(cosine: cosine, alpha: alpha) { fresnel($0, 1 / ior) }
            let terms = powers.map { power in (0..<power).reduce(1.0) { product, _ in product * (1 - cosine) } }
            for r in 0..<4 {
                for c in 0..<4 { rows[r][c] += terms[r] * terms[c] }
                rows[r][4] += terms[r] * value
            }
        }
        let solution = solved(rows)
        return SIMD4(Float(solution[0]), Float(solution[1]), Float(solution[2]), Float(solution[3]))
    }

    /// Gauss and Jordan's elimination; the matrix is symmetric and positive, so no rows are exchanged.
    private static func solved(_ equations: [[Double]]) -> [Double] {
        var rows = equations
        for pivot in rows.indices {
            let factor = 1 / rows[pivot][pivot]
            for c in 0..<5 { rows[pivot][c] *= factor }
            for other in rows.indices where other != pivot {
                let share = rows[other][pivot]
                for c in 0..<5 { rows[other][c] -= share * rows[pivot][c] }
            }
        }
        return rows.map { $0[4] }
    }

    /// What a smooth boundary mirrors; `eta` is the outer index over the inner.
    private static func fresnel(_ cosine: Double, _ eta: Double) -> Double {
        let refracted = max(0, 1 - (1 - cosine * cosine) * eta * eta).squareRoot()
        let across = (eta * cosine - refracted) / (eta * cosine + refracted)
        let along = (cosine - eta * refracted) / (cosine + eta * refracted)
        return 0.5 * (across * across + along * along)
    }
}
