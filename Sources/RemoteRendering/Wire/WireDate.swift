// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A moment as the service writes it: ISO 8601 with any number of fractional digits, `Z` or an offset.
public struct WireDate: Codable, Sendable, Hashable {
    /// How the time zone is written; it is UTC in both cases.
    public enum Zone: Sendable {
        /// `Z`, as conversions have it.
        case letter
        /// `+00:00`, as sessions have it.
        case offset
    }

    public var date: Date
    private var zone: Zone

    public init(_ date: Date, zone: Zone = .letter) { (self.date, self.zone) = (date, zone) }

    /// Reads a text such as `2022-09-14T01:05:32.4773534+00:00`.
    public init?(_ text: String) {
        let styles = [
            Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle(),
        ]
        guard let date = styles.lazy.compactMap({ try? Date(text, strategy: $0) }).first else { return nil }
        (self.date, zone) = (date, text.hasSuffix("Z") ? .letter : .offset)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let read = WireDate(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date and time of ISO 8601")
        }
        self = read
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// With seven fractional digits, as the service writes it.
    public var text: String {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        let fraction = Int(((date.timeIntervalSince1970 - seconds) * 1e7).rounded(.down))
        let whole = Date(timeIntervalSince1970: seconds).formatted(Date.ISO8601FormatStyle())
        let digits = String(String(fraction + 10_000_000).dropFirst())
        return "\(whole.dropLast()).\(digits)\(zone == .letter ? "Z" : "+00:00")"
    }

    public static func == (a: WireDate, b: WireDate) -> Bool { a.date == b.date }
    public func hash(into hasher: inout Hasher) { hasher.combine(date) }
}
