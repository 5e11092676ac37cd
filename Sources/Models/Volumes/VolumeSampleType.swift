// SPDX-License-Identifier: Apache-2.0

/// How a raw volume stores its samples, little end first; the raw values are Brayns' names, its misspelling included.
package enum VolumeSampleType: String, Sendable, CaseIterable {
    case uint8 = "unsinged_char"
    case int16 = "short"
    case uint16 = "unsigned_short"
    case float16 = "half_float"
    case float32 = "float"
    case float64 = "double"

    /// Bytes of one sample.
    package var size: Int {
        switch self {
        case .uint8: 1
        case .int16, .uint16, .float16: 2
        case .float32: 4
        case .float64: 8
        }
    }

    /// Bytes as samples; those beyond the last whole sample are left out.
    package func samples(_ bytes: [UInt8]) -> VolumeGrid.Samples {
        switch self {
        case .uint8: .uint8(bytes)
        case .int16: .int16(Self.values(bytes))
        case .uint16: .uint16(Self.values(bytes))
        case .float16: .float16(Self.values(bytes))
        case .float32: .float32(Self.values(bytes))
        case .float64: .float64(Self.values(bytes))
        }
    }

    /// Values of a plain type as they lie in memory.
    static func values<Value: BitwiseCopyable>(_ bytes: [UInt8]) -> [Value] {
        let count = bytes.count / MemoryLayout<Value>.stride
        return [Value](unsafeUninitializedCapacity: count) { target, filled in
            bytes.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(target).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: source[..<(count * MemoryLayout<Value>.stride)]))
            }
            filled = count
        }
    }
}
