// SPDX-License-Identifier: Apache-2.0

/// How much noise is taken out of a picture.
public struct DenoiseSettings: Sendable, Hashable {
    /// 1 takes what the variance says is noise; 0 leaves the picture as it is; from 0 to 4.
    public var strength: Float

    public init(strength: Float = 1) { self.strength = strength }

    /// Whether nothing would change.
    public var isNeutral: Bool { strength == 0 }

    package func check() throws(ImageError) {
        guard strength >= 0, strength <= 4 else {
            throw ImageError(
                .badSetting, "The strength \(strength) of denoising is outside 0…4; 1 is the usual one.")
        }
    }
}
