// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import Glibc

/// A thumbnail as file managers look for it (Thumbnail Managing Standard 0.9 of freedesktop.org).
public enum DesktopThumbnail {
    /// The sizes that the specification names, each with its folder.
    public enum Size: String, CaseIterable, Sendable {
        case normal
        case large
        case xLarge = "x-large"
        case xxLarge = "xx-large"

        /// Pixels of the longer side.
        public var pixels: Int {
            switch self {
            case .normal: 128
            case .large: 256
            case .xLarge: 512
            case .xxLarge: 1024
            }
        }
    }

    /// The URI of a file as GLib writes it, which file managers agree on.
    ///
    /// - Parameter path: absolute, or relative to the working folder.
    static func uri(of path: String) -> String {
        let working = FileManager.default.currentDirectoryPath
        let whole = PathName.normalized(path.hasPrefix("/") ? path : PathName.join(working, path))
        var uri = "file://"
        for byte in whole.utf8 {
            if Self.isPlain(byte) {
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                uri += "%" + Digest.hex([byte]).uppercased()
            }
        }
        return uri
    }

    /// What GLib leaves as it is in a path: letters, digits, and these.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!$&'()*+,-./:=@_~".utf8.contains(byte)
        }
    }

    /// The name of a file's thumbnail, without its extension: the MD5 of the file's URI.
    static func name(of path: String) -> String { Digest.md5Hex(Array(uri(of: path).utf8)) }

    /// The entries by which file managers tell whether a thumbnail is that of the file as it is now.
    ///
    /// - Parameter source: the file's status from before it was read.
    static func entries(_ path: String, _ source: FileSystem.Status) -> [PNGText] {
        [
            PNGText(keyword: "Thumb::URI", text: uri(of: path)),
            PNGText(keyword: "Thumb::MTime", text: String(source.modified / 1_000_000_000)),
            PNGText(keyword: "Thumb::Size", text: String(source.size)),
        ]
    }
}
