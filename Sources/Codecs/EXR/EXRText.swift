// SPDX-License-Identifier: Apache-2.0

/// Reads the text attributes of OpenEXR files without their pixels, and without OpenEXR.
public enum EXRText {
    /// The attributes of type `string` of the first header, in their order; none where the bytes are no OpenEXR file or
    /// end too early.
    public static func read(from bytes: [UInt8]) -> [PNGText] {
        guard EXRDecoder.isEXR(bytes), bytes.count > 8 else { return [] }
        var place = 8
        var entries: [PNGText] = []
        while let name = word(in: bytes, &place), !name.isEmpty, let type = word(in: bytes, &place),
            place + 4 <= bytes.count
        {
            let size = (0..<4).reversed().reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
            place += 4
            guard size <= bytes.count - place else { break }
            if type == "string" {
                let text = String(decoding: bytes[place..<place + size], as: UTF8.self)
                entries.append(PNGText(keyword: name, text: text))
            }
            place += size
        }
        return entries
    }

    /// A word of at most 255 bytes that ends with a zero.
    private static func word(in bytes: [UInt8], _ place: inout Int) -> String? {
        let rest = bytes[place...].prefix(256)
        guard let end = rest.firstIndex(of: 0) else { return nil }
        defer { place = end + 1 }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
