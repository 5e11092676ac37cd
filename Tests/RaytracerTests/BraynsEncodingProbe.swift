// SPDX-License-Identifier: Apache-2.0
import ImageCore

@testable import Raytracer

#if canImport(Glibc)
    import Glibc
#endif

/// Holds the tabulated encoding against the formula.
struct BraynsEncodingProbe {
    /// Whether the value is the formula's, or next to it where rounding decides.
    func isRight(_ light: Float) -> Bool {
        let exact = pow(Double(ToneMapping.brayns(light)), 1 / 2.2) * 255
        let value = Double(BraynsEncoding.shared.encode(light))
        return abs(value - min(exact, 255)) <= 0.501
    }
}
