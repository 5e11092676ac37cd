// SPDX-License-Identifier: Apache-2.0
import Glibc
import ImageCore

/// The colours of Brayns' pictures: tone mapped, then raised to 1/2.2, then rounded to 8 bits.
enum RendererBackground {
    static let gamma = 2.2

    /// The linear colour that a renderer has to be given so that its picture shows this one; black and clear for
    /// `nil`, the one background over which edges can be made clean.
    static func linear(_ color: PictureColor?) -> SIMD4<Double> {
        guard let color else { return .zero }
        func light(_ value: UInt8) -> Double { sceneLight(value) }
        return SIMD4(light(color.red), light(color.green), light(color.blue), Double(color.alpha) / 255)
    }

    /// The scene light behind an 8-bit sample.
    static func sceneLight(_ value: UInt8) -> Double {
        value == 0 ? 0 : Double(ToneMapping.inverseBrayns(Float(pow(Double(value) / 255, gamma))))
    }
}
