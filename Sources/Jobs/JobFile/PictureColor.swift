// SPDX-License-Identifier: Apache-2.0

/// A colour as it stands in a finished picture: sRGB, 8 bits a channel, straight alpha.
public struct PictureColor: Hashable, Sendable, CustomStringConvertible {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    public var alpha: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }

    public static let white = PictureColor(red: 255, green: 255, blue: 255)
    public static let black = PictureColor(red: 0, green: 0, blue: 0)

    /// Reads `#rgb`, `#rrggbb` or `#rrggbbaa`; also the words `white` and `black`.
    public init?(_ text: String) {
        switch text {
        case "white": self = .white
        case "black": self = .black
        default:
            guard text.first == "#" else { return nil }
            var digits = text.utf8.dropFirst().map { $0 }
            if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
            guard digits.count == 6 || digits.count == 8 else { return nil }
            let values = stride(from: 0, to: digits.count, by: 2).compactMap { index in
                UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
            }
            guard values.count * 2 == digits.count, !digits.contains(UInt8(ascii: "+")) else { return nil }
            self.init(red: values[0], green: values[1], blue: values[2], alpha: values.count == 4 ? values[3] : 255)
        }
    }

    public var description: String {
        let channels = alpha == 255 ? [red, green, blue] : [red, green, blue, alpha]
        return "#"
            + channels.map { channel in
                let digits = String(channel, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }
}
