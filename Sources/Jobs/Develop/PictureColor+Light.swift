// SPDX-License-Identifier: Apache-2.0
import ImageCore

extension PictureColor {
    /// Linear straight RGBA.
    var linear: SIMD4<Float> {
        SIMD4(
            SRGB.linear(code: red), SRGB.linear(code: green), SRGB.linear(code: blue), Float(alpha) / 255)
    }

    /// Linear RGB, whatever the alpha.
    var linearRGB: SIMD3<Float> {
        let linear = linear
        return SIMD3(linear.x, linear.y, linear.z)
    }
}
