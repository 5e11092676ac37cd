// SPDX-License-Identifier: Apache-2.0

/// How far a conversion is; a name that is not known here is kept as it came.
public struct AssetConversionStatus: RawRepresentable, Codable, Sendable, Hashable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let notStarted = AssetConversionStatus(rawValue: "NotStarted")
    public static let running = AssetConversionStatus(rawValue: "Running")
    public static let cancelled = AssetConversionStatus(rawValue: "Cancelled")
    public static let failed = AssetConversionStatus(rawValue: "Failed")
    public static let succeeded = AssetConversionStatus(rawValue: "Succeeded")

    /// Whether the conversion may still change; an unknown status ends the waiting rather than never.
    public var isPending: Bool { self == .notStarted || self == .running }
}
