// SPDX-License-Identifier: Apache-2.0

/// Numbers with units as job files and flags write them.
public enum Quantity {
    /// Reads `10s`, `5m`, `1h`, `250ms` or `1.5h`; a bare number counts seconds.
    public static func duration(_ text: String) -> Duration? {
        guard let (number, unit) = split(text), number >= 0 else { return nil }
        let seconds: Double
        switch unit {
        case "", "s": seconds = number
        case "ms": seconds = number / 1000
        case "m", "min": seconds = number * 60
        case "h": seconds = number * 3600
        case "d": seconds = number * 86400
        default: return nil
        }
        return seconds <= 1e9 ? .milliseconds(Int64((seconds * 1000).rounded())) : nil
    }

    /// Writes a duration in the largest unit that holds it whole.
    public static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        for (unit, size) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1000)]
        where milliseconds > 0 && milliseconds % size == 0 {
            return "\(milliseconds / size)\(unit)"
        }
        return milliseconds == 0 ? "0s" : "\(milliseconds)ms"
    }

    /// Reads `4GiB`, `512MB`, `2G` (2^30) or a bare number of bytes.
    public static func bytes(_ text: String) -> Int? {
        guard let (number, unit) = split(text), number >= 0 else { return nil }
        let letters = ["", "k", "m", "g", "t"]
        let lower = unit.lowercased()
        if lower == "b" { return whole(number) }
        for (power, letter) in letters.enumerated() {
            switch lower {
            case letter, letter.isEmpty ? "" : letter + "ib":
                return whole(number * Double(1 << (10 * power)))
            case letter + "b" where power > 0:
                return whole(number * (0..<power).reduce(1.0) { value, _ in value * 1000 })
            default: continue
            }
        }
        return nil
    }

    /// Writes bytes in the largest binary unit that holds them whole.
    public static func text(bytes: Int) -> String {
        for (unit, shift) in [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)]
        where bytes > 0 && bytes % (1 << shift) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return String(bytes)
    }

    /// Reads `50M`, `64k`, `1.5G` in thousands, or a bare number.
    public static func count(_ text: String) -> Int? {
        guard let (number, unit) = split(text), number >= 0 else { return nil }
        switch unit {
        case "": return whole(number)
        case "k", "K": return whole(number * 1e3)
        case "M": return whole(number * 1e6)
        case "G": return whole(number * 1e9)
        default: return nil
        }
    }

    /// Writes a count in the largest unit that holds it whole.
    public static func text(count: Int) -> String {
        for (unit, size) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] where count > 0 && count % size == 0 {
            return "\(count / size)\(unit)"
        }
        return String(count)
    }

    /// Reads `5%` or `0.05` as 0.05.
    public static func fraction(_ text: String) -> Double? {
        guard let (number, unit) = split(text) else { return nil }
        switch unit {
        case "": return number
        case "%": return number / 100
        default: return nil
        }
    }

    /// The shortest text that reads back as the number, without a needless `.0`.
    static func shortest(_ value: Double) -> String {
        guard let whole = Int64(exactly: value), abs(whole) < 1 << 53 else { return String(value) }
        return String(whole)
    }

    private static func whole(_ number: Double) -> Int? { Int(exactly: number.rounded()) }

    private static func split(_ text: String) -> (Double, String)? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), number.isFinite else { return nil }
        return (number, text.dropFirst(digits.count).filter { $0 != " " })
    }
}
