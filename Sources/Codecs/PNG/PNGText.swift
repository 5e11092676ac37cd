// SPDX-License-Identifier: Apache-2.0
import CDeflate

/// One text entry of a PNG.
public struct PNGText: Sendable, Hashable {
    /// The keyword under which an XMP packet is stored.
    public static let xmpKeyword = "XML:com.adobe.xmp"

    /// 1…79 Latin-1 characters.
    public var keyword: String
    public var text: String

    public init(keyword: String, text: String) { (self.keyword, self.text) = (keyword, text) }

    /// Reads the text chunks of a PNG (tEXt, zTXt, iTXt), XMP included, without decoding pixels.
    ///
    /// - Parameter maxBytes: what all texts together may unfold to.
    /// - Throws: `CodecError` when the bytes are no PNG, or a text chunk is broken or beyond the limit.
    public static func read(from png: [UInt8], maxBytes: Int = 16 << 20) throws(CodecError) -> [PNGText] {
        var chunks = try PNGChunks(png)
        var budget = maxBytes
        var entries: [PNGText] = []
        while let chunk = try chunks.next(verifiesChecksum: false) {
            let data = png[chunk.data]
            let entry: PNGText?
            switch chunk.type {
            case .latinText: entry = latin(data)
            case .compressedText: entry = try compressed(data, budget: budget)
            case .internationalText: entry = try international(data, budget: budget)
            default: continue
            }
            guard let entry else {
                throw CodecError(.corrupt, "The PNG has a broken \(chunk.type) chunk.")
            }
            budget -= entry.text.utf8.count
            guard budget >= 0 else { throw tooLarge }
            entries.append(entry)
        }
        return entries
    }

    private static let tooLarge = CodecError(.limits, "The PNG's texts unfold to more bytes than allowed.")

    private static func latin(_ data: ArraySlice<UInt8>) -> PNGText? {
        guard let end = data.firstIndex(of: 0), end > data.startIndex else { return nil }
        return PNGText(keyword: string(latin: data[..<end]), text: string(latin: data[(end + 1)...]))
    }

    private static func compressed(_ data: ArraySlice<UInt8>, budget: Int) throws(CodecError) -> PNGText? {
        guard let end = data.firstIndex(of: 0), end > data.startIndex, data.endIndex - end >= 2, data[end + 1] == 0
        else { return nil }
        guard let text = try unfold(data[(end + 2)...], budget: budget) else { return nil }
        return PNGText(keyword: string(latin: data[..<end]), text: string(latin: text[...]))
    }

    /// keyword NUL, compression flag, compression method, language NUL, translated keyword NUL, text
    private static func international(_ data: ArraySlice<UInt8>, budget: Int) throws(CodecError) -> PNGText? {
        guard let end = data.firstIndex(of: 0), end > data.startIndex, data.endIndex - end >= 5,
            let language = data[(end + 3)...].firstIndex(of: 0),
            let translated = data[(language + 1)...].firstIndex(of: 0)
        else { return nil }
        let payload = data[(translated + 1)...]
        let keyword = string(latin: data[..<end])
        switch data[end + 1] {
        case 0: return PNGText(keyword: keyword, text: String(decoding: payload, as: UTF8.self))
        case 1 where data[end + 2] == 0:
            guard let text = try unfold(payload, budget: budget) else { return nil }
            return PNGText(keyword: keyword, text: String(decoding: text, as: UTF8.self))
        default: return nil
        }
    }

    private static func string(latin bytes: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: bytes.map { Unicode.Scalar($0) })
        return String(text)
    }

    /// The bytes of a zlib stream, `nil` when it is broken.
    private static func unfold(_ data: ArraySlice<UInt8>, budget: Int) throws(CodecError) -> [UInt8]? {
        guard let inflater = libdeflate_alloc_decompressor() else {
            throw CodecError(.limits, "There is no memory to unfold the PNG's texts.")
        }
        defer { libdeflate_free_decompressor(inflater) }
        // Deflate reaches 1032 to 1; beyond that no larger target can help.
        let ceiling = min(budget, data.count * 1040 + 64)
        var capacity = min(ceiling, max(1024, data.count * 4))
        while true {
            var status = LIBDEFLATE_BAD_DATA
            let text = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
                data.withUnsafeBytes { source in
                    status = libdeflate_zlib_decompress(
                        inflater, source.baseAddress, source.count, target.baseAddress, capacity, &count)
                }
                if status != LIBDEFLATE_SUCCESS { count = 0 }
            }
            if status == LIBDEFLATE_SUCCESS { return text }
            guard status == LIBDEFLATE_INSUFFICIENT_SPACE else { return nil }
            guard capacity < ceiling else { throw tooLarge }
            capacity = min(ceiling, capacity * 4)
        }
    }
}
