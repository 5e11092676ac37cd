// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// What an item's pictures depend on, in 32 hexadecimal digits: settings, the picture version, and every input.
///
/// The first 128 bits of a SHA-256. Device, kernels and output paths do not enter.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    /// Raised when the same job gives other pixels than before; not with each release.
    public static let pictureVersion = 1
    /// The PNG text entry, and the beginning of the JPEG comment, that holds it.
    public static let keyword = "darkroom:fingerprint"

    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// The fingerprint of some bytes.
    package init(of bytes: some Collection<UInt8>) {
        let digest = Digest.sha256(bytes)
        high = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads 32 hexadecimal digits.
    public init?(_ text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    public var description: String {
        let bytes = [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
        return Digest.hex(bytes)
    }
}
