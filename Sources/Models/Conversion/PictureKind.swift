// SPDX-License-Identifier: Apache-2.0

/// What kind of picture some bytes are.
enum PictureKind: Equatable {
    case png, jpeg, bmp, tga
    /// Named for a sentence: "a WebP picture".
    case other(String)

    /// - Parameter name: its extension tells TGA, which has no mark of its own.
    init(_ bytes: [UInt8], name: String) {
        func starts(_ mark: [UInt8], at place: Int = 0) -> Bool {
            bytes.count >= place + mark.count && Array(bytes[place..<place + mark.count]) == mark
        }
        let lower = name.lowercased()
        if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if starts([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if starts([0x42, 0x4D]) {
            self = .bmp
        } else if starts([0x52, 0x49, 0x46, 0x46]), starts([0x57, 0x45, 0x42, 0x50], at: 8) {
            self = .other("a WebP picture")
        } else if starts([0xAB, 0x4B, 0x54, 0x58]) {
            self = .other("a KTX picture")
        } else if starts([0x44, 0x44, 0x53, 0x20]) {
            self = .other("a DDS picture")
        } else if starts([0x47, 0x49, 0x46, 0x38]) {
            self = .other("a GIF picture")
        } else if starts([0x49, 0x49, 0x2A, 0x00]) || starts([0x4D, 0x4D, 0x00, 0x2A]) {
            self = .other("a TIFF picture")
        } else if lower.hasSuffix(".tga") {
            self = .tga
        } else {
            self = .other(bytes.isEmpty ? "empty" : "of a kind")
        }
    }
}
