// SPDX-License-Identifier: Apache-2.0

/// Names that client and service have to agree on.
public enum RemoteRenderingAPI {
    /// The version that all paths of conversions and sessions ask for.
    public static let version = "2021-01-01"
    /// The version that the path of tokens asks for.
    public static let tokenVersion = "2019-02-28-preview"
    /// Characters that an id of a conversion or session may have at most.
    public static let longestID = 256
    /// The longest lease of a session, in minutes.
    public static let longestLease = 1440
    /// What every output asset's name ends in.
    public static let assetExtension = ".arrAsset"

    /// Whether a text can be the id of a conversion or session: 1 to 256 letters, digits, `-` and `_`.
    public static func isID(_ text: String) -> Bool {
        (1...longestID).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}

/// The body that creates a conversion.
public struct AssetConversionCreation: Codable, Sendable, Hashable {
    public var settings: AssetConversionSettings

    public init(settings: AssetConversionSettings) { self.settings = settings }
}

/// The body that creates a session.
public struct RenderingSessionCreation: Codable, Sendable, Hashable {
    /// 0 to 1440.
    public var maxLeaseTimeMinutes: Int
    public var size: RenderingSessionSize

    public init(maxLeaseTimeMinutes: Int, size: RenderingSessionSize) {
        (self.maxLeaseTimeMinutes, self.size) = (maxLeaseTimeMinutes, size)
    }
}

/// The body that extends a session.
public struct RenderingSessionUpdate: Codable, Sendable, Hashable {
    /// Counted from the session's creation; larger than what it has now.
    public var maxLeaseTimeMinutes: Int

    public init(maxLeaseTimeMinutes: Int) { self.maxLeaseTimeMinutes = maxLeaseTimeMinutes }
}

/// A page of conversions; `nextLink` is null or absent on the last one.
public struct AssetConversionList: Codable, Sendable, Hashable {
    public var conversions: [AssetConversion]
    public var nextLink: String?

    public init(conversions: [AssetConversion], nextLink: String? = nil) {
        (self.conversions, self.nextLink) = (conversions, nextLink)
    }

    private enum CodingKeys: String, CodingKey { case conversions, nextLink = "@nextLink" }

    /// Writes what a service answers: the link always, null on the last page.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(conversions, forKey: .conversions)
        try values.encode(nextLink, forKey: .nextLink)
    }
}

/// A page of sessions; `nextLink` is absent on the last one.
public struct RenderingSessionList: Codable, Sendable, Hashable {
    public var sessions: [RenderingSession]
    public var nextLink: String?

    public init(sessions: [RenderingSession], nextLink: String? = nil) {
        (self.sessions, self.nextLink) = (sessions, nextLink)
    }

    private enum CodingKeys: String, CodingKey { case sessions, nextLink = "@nextLink" }
}

/// What the token service answers.
public struct AccessTokenAnswer: Codable, Sendable, Hashable {
    /// A JWT that the rendering endpoint takes.
    public var accessToken: String

    public init(accessToken: String) { self.accessToken = accessToken }

    private enum CodingKeys: String, CodingKey { case accessToken = "AccessToken" }
}
