// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// The number type of a raw volume; open, since servers differ in their spelling.
public struct VolumeDataType: RawRepresentable, Codable, Hashable, Sendable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Bytes 0…255, in the spelling that Brayns 3.10 takes: it refuses the right one.
    public static let unsignedChar = VolumeDataType(rawValue: "unsinged_char")
    /// Bytes 0…255 in the right spelling, for a server that has mended its own.
    public static let unsignedCharSpelledRight = VolumeDataType(rawValue: "unsigned_char")
    /// 16-bit integers.
    public static let short = VolumeDataType(rawValue: "short")
    /// 16-bit integers from 0.
    public static let unsignedShort = VolumeDataType(rawValue: "unsigned_short")
    /// 16-bit floating point.
    public static let halfFloat = VolumeDataType(rawValue: "half_float")
    /// 32-bit floating point.
    public static let float = VolumeDataType(rawValue: "float")
    /// 64-bit floating point.
    public static let double = VolumeDataType(rawValue: "double")

    /// The same type in the other spelling that servers have for it, if they have one.
    public var otherSpelling: VolumeDataType? {
        switch self {
        case .unsignedChar: .unsignedCharSpelledRight
        case .unsignedCharSpelledRight: .unsignedChar
        default: nil
        }
    }
}

extension BraynsInstance {
    /// Loads, and once more with the other spelling of a volume's number type where the server refuses this one.
    func spelled<Result>(_ loading: ModelLoading, _ load: (ModelLoading) async throws -> Result) async throws -> Result
    {
        do {
            return try await load(loading)
        } catch let error as BraynsError where error.answer?.code == RPCError.invalidParamsCode {
            guard error.answer?.details.contains(where: { $0.hasPrefix("data_type") }) == true,
                case .object(var properties) = loading.properties, let name = properties["data_type"]?.stringValue,
                let other = VolumeDataType(rawValue: name).otherSpelling
            else { throw error }
            properties["data_type"] = .string(other.rawValue)
            return try await load(ModelLoading(loader: loading.loader, properties: .object(properties)))
        }
    }
}
