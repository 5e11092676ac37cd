// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How a format means its colour numbers.
enum ColorSpace {
    /// Proportional to light: glTF's factors and vertex colours.
    case linear
    /// As a screen takes them: every other format, which was made by eye in programs that showed the numbers as they
    /// are (three.js reads OBJ, FBX, COLLADA and PLY so, too).
    case sRGB

    init(format: String) { self = ["gltf", "glb"].contains(format) ? .linear : .sRGB }

    /// Linear red, green and blue, within 0…1; alpha as it is.
    func linear(_ color: SIMD4<Float>) -> SIMD4<Float> {
        let clamped = color.clamped(lowerBound: SIMD4(repeating: 0), upperBound: SIMD4(repeating: 1))
        guard self == .sRGB else { return clamped }
        return SIMD4(Self.decode(clamped.x), Self.decode(clamped.y), Self.decode(clamped.z), clamped.w)
    }

    /// Linear values of the 256 sRGB bytes.
    private static let linearBytes = (0...255).map { decode(Float($0) / 255) }

    /// The linear value of an sRGB byte.
    static func linear(byte: UInt8) -> Float { linearBytes[Int(byte)] }

    private static func decode(_ value: Float) -> Float {
        value <= 0.04045 ? value / 12.92 : Float(pow((Double(value) + 0.055) / 1.055, 2.4))
    }

    /// Linear red, green, blue and straight alpha as four sRGB bytes.
    static func encoded(_ color: SIMD4<Float>) -> SIMD4<UInt8> {
        func byte(_ value: Float) -> UInt8 { UInt8(min(1, max(0, value)) * 255 + 0.5) }
        func encode(_ value: Float) -> UInt8 {
            byte(value <= 0.0031308 ? value * 12.92 : Float(1.055 * pow(Double(value), 1 / 2.4) - 0.055))
        }
        return SIMD4(encode(color.x), encode(color.y), encode(color.z), byte(color.w))
    }
}
