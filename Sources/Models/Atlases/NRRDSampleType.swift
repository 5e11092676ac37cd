// SPDX-License-Identifier: Apache-2.0

/// How an NRRD file stores a sample.
package enum NRRDSampleType: Sendable, Hashable, CaseIterable {
    case int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64

    /// The type of one of the names that the format has for it, in small letters.
    init?(name: String) {
        switch name {
        case "signed char", "int8", "int8_t": self = .int8
        case "uchar", "unsigned char", "uint8", "uint8_t": self = .uint8
        case "short", "short int", "signed short", "signed short int", "int16", "int16_t": self = .int16
        case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t": self = .uint16
        case "int", "signed int", "int32", "int32_t": self = .int32
        case "uint", "unsigned int", "uint32", "uint32_t": self = .uint32
        case "longlong", "long long", "long long int", "signed long long", "signed long long int", "int64", "int64_t":
            self = .int64
        case "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t": self = .uint64
        case "float": self = .float32
        case "double": self = .float64
        default: return nil
        }
    }

    /// Bytes of one sample.
    package var size: Int {
        switch self {
        case .int8, .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    /// Whole samples as numbers of another kind, which may keep less of them.
    func values<Value: BinaryFloatingPoint>(_ bytes: [UInt8], isBigEndian: Bool) -> [Value] {
        switch self {
        case .int8: Self.integers(bytes, isBigEndian, Int8.self)
        case .uint8: Self.integers(bytes, isBigEndian, UInt8.self)
        case .int16: Self.integers(bytes, isBigEndian, Int16.self)
        case .uint16: Self.integers(bytes, isBigEndian, UInt16.self)
        case .int32: Self.integers(bytes, isBigEndian, Int32.self)
        case .uint32: Self.integers(bytes, isBigEndian, UInt32.self)
        case .int64: Self.integers(bytes, isBigEndian, Int64.self)
        case .uint64: Self.integers(bytes, isBigEndian, UInt64.self)
        case .float32: Self.patterns(bytes, isBigEndian) { Value(Float(bitPattern: $0)) }
        case .float64: Self.patterns(bytes, isBigEndian) { Value(Double(bitPattern: $0)) }
        }
    }

    private static func integers<Value: BinaryFloatingPoint, Stored: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: [UInt8], _ isBigEndian: Bool, _: Stored.Type
    ) -> [Value] {
        patterns(bytes, isBigEndian) { (stored: Stored) in Value(stored) }
    }

    private static func patterns<Value, Stored: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: [UInt8], _ isBigEndian: Bool, _ convert: (Stored) -> Value
    ) -> [Value] {
        let stored: [Stored] = VolumeSampleType.values(bytes)
        return stored.map { convert(isBigEndian ? $0.byteSwapped : $0) }
    }
}
