// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

/// Looks at finished pictures.
enum PictureOnDisk {
    /// The fingerprint that a picture holds, without decoding its pixels.
    static func fingerprint(_ path: String) -> Fingerprint? {
        guard let bytes = try? FileSystem.read(path) else { return nil }
        return fingerprint(of: bytes)
    }

    /// Whether a picture decodes, and holds a fingerprint.
    static func isReadable(_ path: String, fingerprint: Fingerprint) -> Bool {
        guard let bytes = try? FileSystem.read(path) else { return false }
        return verifiedFingerprint(of: bytes) == fingerprint
    }

    /// The fingerprint of a picture that decodes; `nil` for one that does not, or holds none.
    static func verifiedFingerprint(of bytes: [UInt8]) -> Fingerprint? {
        guard let fingerprint = fingerprint(of: bytes) else { return nil }
        do throws(CodecError) {
            if EXRDecoder.isEXR(bytes) { return try EXRDecoder.decode(bytes).isEmpty ? nil : fingerprint }
            let picture = try ImageDecoder.decode(bytes)
            return picture.width > 0 && picture.height > 0 ? fingerprint : nil
        } catch {
            return nil
        }
    }

    private static func fingerprint(of bytes: [UInt8]) -> Fingerprint? {
        if EXRDecoder.isEXR(bytes) {
            return EXRText.read(from: bytes).first { $0.keyword == Fingerprint.keyword }
                .flatMap { Fingerprint($0.text) }
        }
        switch ImageFormat.detect(bytes) {
        case .png:
            let entries = (try? PNGText.read(from: bytes)) ?? []
            return entries.first { $0.keyword == Fingerprint.keyword }.flatMap { Fingerprint($0.text) }
        case .jpeg:
            let parts = PictureText.comment(of: bytes)?.split(separator: "=", maxSplits: 1)
            guard let parts, parts.count == 2, parts[0] == Fingerprint.keyword else { return nil }
            return Fingerprint(String(parts[1]))
        case nil: return nil
        }
    }
}
