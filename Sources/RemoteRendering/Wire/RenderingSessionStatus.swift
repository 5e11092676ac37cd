// SPDX-License-Identifier: Apache-2.0

/// How a session stands; a name that is not known here is kept as it came.
public struct RenderingSessionStatus: RawRepresentable, Codable, Sendable, Hashable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let starting = RenderingSessionStatus(rawValue: "Starting")
    public static let ready = RenderingSessionStatus(rawValue: "Ready")
    public static let error = RenderingSessionStatus(rawValue: "Error")
    public static let expired = RenderingSessionStatus(rawValue: "Expired")
    public static let stopped = RenderingSessionStatus(rawValue: "Stopped")

    /// Whether the session is still on its way to be ready.
    public var isPending: Bool { self == .starting }
}

/// How large a machine a session gets; a name that is not known here is kept as it came.
public struct RenderingSessionSize: RawRepresentable, Codable, Sendable, Hashable {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Up to 20 million triangles or points in view.
    public static let standard = RenderingSessionSize(rawValue: "Standard")
    public static let premium = RenderingSessionSize(rawValue: "Premium")
}
