// SPDX-License-Identifier: Apache-2.0
import CShading
import ImageCore
import Models

/// The textures of one model, decoded once.
final class TextureStore: Sendable {
    private let arena: Arena
    private let records: Records
    /// What was left out.
    let warnings: [String]

    /// A texture that decoded.
    struct Entry: @unchecked Sendable {
        // Sendable: points into the store's arena, which is only read.
        var record: UnsafePointer<shading_texture>
        var isOpaque: Bool
    }
    private typealias Records = [Int: Entry]

    /// Decodes the textures that materials use.
    init(_ model: Model, decode: GeometryAsset.TextureDecoder?) {
        arena = Arena()
        var records = Records()
        var warnings: [String] = []
        let used = Set(model.materials.compactMap(\.baseColorTexture)).sorted()
        let linear = arena.allocate(Float.self, 256)
        for i in 0..<256 { linear[i] = Float(SRGB.linear(Double(i) / 255)) }
        for index in used {
            guard model.textures.indices.contains(index) else {
                warnings.append("A material names texture \(index), which the model does not have.")
                continue
            }
            let texture = model.textures[index]
            guard let decode else {
                warnings.append("Texture '\(texture.name)' is left out: nothing here decodes textures.")
                continue
            }
            do {
                records[index] = try Self.entry(decode(texture), linear: linear, arena: arena)
            } catch {
                warnings.append("Texture '\(texture.name)' is left out: \(error)")
            }
        }
        self.records = records
        self.warnings = warnings
    }

    /// The texture of a number, or `nil` where it is not there.
    func entry(_ index: Int?) -> Entry? { index.flatMap { records[$0] } }

    private static func entry(
        _ picture: borrowing PixelBuffer, linear: UnsafePointer<Float>, arena: Arena
    ) throws(RaytracerError) -> Entry {
        let (width, height) = (picture.width, picture.height)
        guard width > 0, height > 0 else { throw RaytracerError(.invalidInput, "it has no pixels.") }
        let texels = arena.allocate(UInt8.self, 4 * width * height)
        var isOpaque = true
        for y in 0..<height {
            try Self.convert(picture, y, into: texels + 4 * width * y, isOpaque: &isOpaque)
        }
        let record = arena.allocate(shading_texture.self, 1)
        record.initialize(
            to: shading_texture(
                texels: texels, linear: linear, width: Int32(clamping: width), height: Int32(clamping: height)))
        return Entry(record: record, isOpaque: isOpaque)
    }

    /// One row to straight sRGB RGBA with 8 bits.
    private static func convert(
        _ picture: borrowing PixelBuffer, _ y: Int, into row: UnsafeMutablePointer<UInt8>, isOpaque: inout Bool
    ) throws(RaytracerError) {
        let format = picture.format
        guard format.transfer == .sRGB, format.alpha != .premultiplied, format.sample != .float32 else {
            throw RaytracerError(.unsupported, "its pixels are not 8 or 16 bit straight sRGB.")
        }
        let channels = format.channels.rawValue
        let source = picture.row(y)
        let isWide = format.sample == .uint16
        func sample(_ i: Int) -> UInt8 {
            isWide
                ? UInt8(truncatingIfNeeded: source.load(fromByteOffset: 2 * i, as: UInt16.self) >> 8)
                : source.load(fromByteOffset: i, as: UInt8.self)
        }
        let isColor = channels >= 3
        for x in 0..<picture.width {
            let first = x * channels
            row[4 * x] = sample(first)
            row[4 * x + 1] = isColor ? sample(first + 1) : row[4 * x]
            row[4 * x + 2] = isColor ? sample(first + 2) : row[4 * x]
            let alpha = format.channels.hasAlpha ? sample(first + channels - 1) : 255
            row[4 * x + 3] = alpha
            if alpha != 255 { isOpaque = false }
        }
    }
}
