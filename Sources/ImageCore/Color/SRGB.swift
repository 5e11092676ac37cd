// SPDX-License-Identifier: Apache-2.0
import CVector

#if canImport(Glibc)
    import Glibc
#endif

/// The transfer functions of IEC 61966-2-1.
public enum SRGB {
    /// Light of an encoded value; negative values count as 0, those above 1 follow the curve on.
    public static func linear(_ encoded: Double) -> Double {
        if encoded <= 0.04045 { return max(encoded, 0) / 12.92 }
        return pow((encoded + 0.055) / 1.055, 2.4)
    }

    /// Encoded value of light; negative light counts as 0, light above 1 follows the curve on.
    public static func encoded(_ linear: Double) -> Double {
        if linear <= 0.0031308 { return max(linear, 0) * 12.92 }
        return 1.055 * pow(linear, 1 / 2.4) - 0.055
    }

    /// Light of an encoded value.
    public static func linear(_ encoded: Float) -> Float { Float(linear(Double(encoded))) }

    /// Encoded value of light.
    public static func encoded(_ linear: Float) -> Float { Float(encoded(Double(linear))) }

    /// Light of an 8-bit code, exact to the last bit of a float.
    public static func linear(code: UInt8) -> Float { SRGBTables.shared.linear8[Int(code)] }

    /// The 8-bit code of light, as every kernel of this library encodes it: within 0.56 of a code of the exact curve.
    public static func code(linear light: Float) -> UInt8 {
        PlainKernels.encode(light, SRGBTables.shared.encode8)
    }
}

/// Tables of the transfer functions, made once.
package final class SRGBTables: @unchecked Sendable {
    // Sendable: written in init only.

    package static let shared = SRGBTables()

    /// Light of the 256 codes.
    package let linear8: UnsafePointer<Float>
    /// Light of the 65536 codes of 16 bits.
    let linear16: UnsafePointer<Float>
    /// Linear floats to 8-bit codes, for the kernels.
    package let encode8: UnsafePointer<UInt32>
    /// Encoded values at 512 steps an octave from 2^-14 to 1, for linear interpolation.
    private let steps: UnsafePointer<Float>

    private static let octaves = 14
    private static let least = UInt32(127 - octaves) << 23

    private init() {
        linear8 = Self.table(256) { Float(SRGB.linear(Double($0) / 255)) }
        linear16 = Self.table(65536) { Float(SRGB.linear(Double($0) / 65535)) }
        steps = Self.table(Self.octaves * 512 + 2) {
            Float(SRGB.encoded(Double(Float(bitPattern: Self.least + UInt32($0) << 14))))
        }
        let codes = UnsafeMutableRawPointer.allocate(byteCount: 512, alignment: 64)
            .bindMemory(to: UInt32.self, capacity: 128)
        withUnsafeBytes(of: vec_encode_table) { raw in
            for i in 0..<128 { codes[i] = raw.load(fromByteOffset: 4 * i, as: UInt32.self) }
        }
        encode8 = UnsafePointer(codes)
    }

    private static func table(_ count: Int, _ value: (Int) -> Float) -> UnsafePointer<Float> {
        // On cache lines: a kernel that loads whole lines would else touch two for each.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 4 * count, alignment: 64)
        let table = memory.bindMemory(to: Float.self, capacity: count)
        for i in 0..<count { table[i] = value(i) }
        return UnsafePointer(table)
    }

    /// Encoded value of light, within 2e-7 below 1; light above 1 follows the exact curve.
    func encoded(_ light: Float) -> Float {
        guard light >= Float(bitPattern: Self.least) else { return light > 0 ? light * 12.92 : 0 }
        guard light <= 1 else { return SRGB.encoded(light) }
        let offset = light.bitPattern - Self.least
        let index = Int(offset >> 14)
        let share = Float(offset & 0x3FFF) * 0x1p-14
        return steps[index] + (steps[index + 1] - steps[index]) * share
    }
}
