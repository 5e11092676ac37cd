// SPDX-License-Identifier: Apache-2.0

/// Lights for models that bring none.
public enum LightRig {
    /// A key from the upper left behind the camera, a weaker fill from the right, and an ambient light.
    ///
    /// All are tied to the camera, so every view of a model is lit alike. The lights are parallel, so neither the
    /// size of the model nor the distance of the camera matters. Strengths are for a surface that reflects
    /// `albedo / π` of the light that falls on it: on a grey of 0.8, a face turned to the key comes to about 0.70, one
    /// seen head-on to 0.65, one turned away from both lights to 0.16; Brayns' tone mapping makes 8-bit values near
    /// 189, 185 and 111 of these.
    public static func cameraTied(view: View, bounds: Bounds) -> [Light] {
        let basis = view.basis
        func direction(right: Double, up: Double) -> Vector3 {
            let sum = basis.direction + basis.right * right + basis.up * up
            return sum.normalized ?? basis.direction
        }
        return [
            .ambient(intensity: 0.2),
            .directional(direction: direction(right: 0.6, up: -0.8), intensity: 2),
            .directional(direction: direction(right: -0.9, up: 0.15), intensity: 0.7),
        ]
    }
}
