// SPDX-License-Identifier: Apache-2.0
import CShading

#if canImport(Glibc)
    import Glibc
#endif

/// Share of light that white GGX microfacets reflect without light going from facet to facet, as kernels look it up:
/// `SHADING_ALBEDO_SIDE` cosines of the direction for each of as many roughnesses, then the average of each roughness.
///
/// Integrals over visible facets, as in Kulla and Conty, "Revisiting Physically Based Shading at Imageworks", 2017.
final class MicrofacetAlbedo: @unchecked Sendable {
    // Sendable: filled while it is made, only read afterwards.

    static let shared = MicrofacetAlbedo()

    private static let side = Int(SHADING_ALBEDO_SIDE)
    private let arena = Arena()
    let table: UnsafePointer<Float>

    private init() {
        var values: [Float] = []
        var averages: [Float] = []
        for row in 0..<Self.side {
            let roughness = Double(row) / Double(Self.side - 1)
            let alpha = max(roughness * roughness, 0.001)
            let line = (0..<Self.side).map { column in
                Self.albedo(cosine: max(Double(column) / Double(Self.side - 1), 1e-4), alpha: alpha)
            }
            values += line.map { Float($0) }
            averages.append(Float(Self.average(line)))
        }
        table = UnsafePointer(arena.copy(values + averages))
    }

    /// The mean over visible facets of the light that they mirror and that gets away: masking of both ways by masking
    /// of one.
    ///
    /// - Parameter mirrored: what a facet mirrors of light that falls on it at an angle of some cosine.
    static func albedo(cosine: Double, alpha: Double, mirrored: (Double) -> Double = { _ in 1 }) -> Double {
        let out = SIMD3(sqrt(max(0, 1 - cosine * cosine)), 0, cosine)
        func hidden(_ z: Double) -> Double {
            0.5 * (sqrt(1 + alpha * alpha * max(0, 1 - z * z) / (z * z)) - 1)
        }
        let count = 16
        var sum = 0.0
        for i in 0..<count {
            for j in 0..<count {
                let facet = visibleFacet(
                    out, alpha, (Double(i) + 0.5) / Double(count), (Double(j) + 0.5) / Double(count))
                let onFacet = (out * facet).sum()
                let z = 2 * onFacet * facet.z - out.z
                guard z > 1e-9 else { continue }
                sum += mirrored(onFacet) * (1 + hidden(cosine)) / (1 + hidden(cosine) + hidden(z))
            }
        }
        return sum / Double(count * count)
    }

    /// Heitz, "Sampling the GGX Distribution of Visible Normals", 2018.
    private static func visibleFacet(_ out: SIMD3<Double>, _ alpha: Double, _ u: Double, _ v: Double) -> SIMD3<Double> {
        let long = SIMD3(out.x * alpha, 0, out.z)
        let w = long / sqrt((long * long).sum())
        let (t1, t2) = (SIMD3<Double>(0, 1, 0), SIMD3(-w.z, 0, w.x))
        let (r, angle) = (sqrt(u), 2 * Double.pi * v)
        let p1 = r * cos(angle)
        let blend = 0.5 * (1 + w.z)
        let p2 = (1 - blend) * sqrt(max(0, 1 - p1 * p1)) + blend * r * sin(angle)
        let n = t1 * p1 + t2 * p2 + w * sqrt(max(0, 1 - p1 * p1 - p2 * p2))
        let facet = SIMD3(n.x * alpha, n.y * alpha, max(n.z, 1e-9))
        return facet / sqrt((facet * facet).sum())
    }

    /// Twice the integral of albedo times cosine, by trapezoids.
    private static func average(_ line: [Double]) -> Double {
        let step = 1 / Double(line.count - 1)
        var sum = 0.0
        for i in 0..<(line.count - 1) {
            let (a, b) = (Double(i) * step, Double(i + 1) * step)
            sum += (line[i] * a + line[i + 1] * b) * step
        }
        return sum
    }
}
