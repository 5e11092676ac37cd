// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// Digests of bytes, and how they are written.
enum Digest {
    /// The SHA-256 (FIPS 180-4): 32 bytes.
    static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var hash = SHA256()
        let isWhole: Void? = bytes.withContiguousStorageIfAvailable { hash.update(bufferPointer: .init($0)) }
        if isWhole == nil { hash.update(data: Array(bytes)) }
        return Array(hash.finalize())
    }

    /// The MD5 (RFC 1321) in 32 hexadecimal digits, which names files where a specification asks for it and keeps
    /// nothing safe.
    static func md5Hex(_ bytes: [UInt8]) -> String { hex(Insecure.MD5.hash(data: bytes)) }

    /// Two lower-case hexadecimal digits a byte.
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
