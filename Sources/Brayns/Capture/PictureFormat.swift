// SPDX-License-Identifier: Apache-2.0

/// The picture formats that Brayns writes.
public enum PictureFormat: String, Codable, Hashable, Sendable, CaseIterable {
    /// RGBA, 8 bit.
    case png
    /// RGB, 8 bit.
    case jpg

    /// The format that a file name's extension asks for: `.png`, `.jpg` or `.jpeg` in any case.
    public init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpg
        default: return nil
        }
    }
}
