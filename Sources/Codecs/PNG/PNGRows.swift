// SPDX-License-Identifier: Apache-2.0
import CPNGShim
import ImageCore

/// Rows in one of PNG's own layouts, lent by a picture that outlives them.
struct PNGRows: @unchecked Sendable {
    // Sendable: read only, inside a call that borrows the picture.

    let base: UnsafeMutableRawPointer
    let stride: Int
    let width: Int
    let height: Int
    /// 8 or 16.
    let bits: Int
    let colorType: PNGHeader.ColorType
    /// RGBA entries, for colour type `.palette`.
    let palette: [UInt8]

    /// Bytes of a pixel.
    var pixelBytes: Int { colorType.samples * bits / 8 }
    /// Bytes of a row without padding.
    var rowBytes: Int { width * pixelBytes }

    /// - Parameter palette: RGBA entries that the samples of a grey picture index, or empty.
    init(_ image: borrowing PixelBuffer, palette: [UInt8] = []) {
        (base, stride, width, height) = (image.base, image.stride, image.width, image.height)
        bits = image.format.sample.byteCount * 8
        self.palette = palette
        colorType =
            switch image.format.channels {
            case .grey: palette.isEmpty ? .grey : .palette
            case .greyAlpha: .greyAlpha
            case .rgb: .rgb
            case .rgba: .rgba
            }
    }

    /// Lends the description that the shim takes, texts and palette included.
    func withDescription<Result>(
        texts: PNGTextBlock, pixelsPerMetre: UInt32, _ body: (inout png_shim_description) -> Result
    ) -> Result {
        palette.withUnsafeBufferPointer { palette in
            texts.withEntries { entries in
                var description = png_shim_description(
                    width: UInt32(width), height: UInt32(height), bits: Int32(bits),
                    color_type: Int32(colorType.rawValue), palette: palette.baseAddress,
                    palette_count: Int32(palette.count / 4), texts: entries.baseAddress,
                    text_count: Int32(entries.count), writes_srgb: 1,
                    pixels_per_metre: pixelsPerMetre)
                return body(&description)
            }
        }
    }
}

/// The texts of one file as C strings in one block.
struct PNGTextBlock {
    private var characters: [CChar] = []
    private var entries: [(keyword: Int, text: Int, isInternational: Bool)] = []

    /// - Throws: `CodecError` with code `.encoding` when a keyword or text is not what PNG can hold.
    init(_ texts: [PNGText], xmp: String?) throws(CodecError) {
        for entry in texts { try add(entry, forcesInternational: false) }
        if let xmp { try add(PNGText(keyword: PNGText.xmpKeyword, text: xmp), forcesInternational: true) }
    }

    private mutating func add(_ entry: PNGText, forcesInternational: Bool) throws(CodecError) {
        guard let keyword = Self.latin(entry.keyword), Self.isKeyword(keyword) else {
            throw CodecError(
                .encoding, "A PNG keyword has 1 to 79 printable Latin-1 characters; “\(entry.keyword)” has not.")
        }
        guard !entry.text.utf8.contains(0) else {
            throw CodecError(.encoding, "The text under “\(entry.keyword)” holds a NUL, which PNG cannot store.")
        }
        let latin = forcesInternational ? nil : Self.latin(entry.text)
        let start = append(keyword)
        entries.append((start, append(latin ?? Array(entry.text.utf8)), latin == nil))
    }

    private mutating func append(_ bytes: [UInt8]) -> Int {
        defer { characters += bytes.map { CChar(bitPattern: $0) } + [0] }
        return characters.count
    }

    private static func latin(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func isKeyword(_ bytes: [UInt8]) -> Bool {
        (1...79).contains(bytes.count) && bytes.first != 0x20 && bytes.last != 0x20
            && bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 >= 0xA1 }
            && !zip(bytes, bytes.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
    }

    func withEntries<Result>(_ body: (UnsafeBufferPointer<png_shim_text>) -> Result) -> Result {
        characters.withUnsafeBufferPointer { characters in
            let texts = entries.map { entry in
                png_shim_text(
                    keyword: characters.baseAddress! + entry.keyword, text: characters.baseAddress! + entry.text,
                    is_international: entry.isInternational ? 1 : 0)
            }
            return texts.withUnsafeBufferPointer(body)
        }
    }
}
