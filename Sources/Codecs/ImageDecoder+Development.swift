// SPDX-License-Identifier: Apache-2.0
import ImageCore

extension ImageDecoder {
    /// Rows of a band: enough to hide what a band costs by itself, few beside a frame.
    private static let bandRows = 64

    /// Decodes a picture and develops it band by band, so that a PNG is never held whole beside its results.
    ///
    /// - Parameters:
    ///   - development: made for the picture once its extent and format are known.
    ///   - look: called with every band, in order from the top; a JPEG comes as one band.
    /// - Throws: `CodecError`; nothing is allocated for a picture beyond `limits`.
    public static func developed(
        _ bytes: [UInt8], limits: ImageLimits = .standard,
        _ development: (_ width: Int, _ height: Int, _ format: PixelFormat) -> Development,
        lookingAt look: (borrowing PixelBuffer) -> Void = { _ in }
    ) throws(CodecError) -> PixelBufferList {
        guard ImageFormat.detect(bytes) == .png else {
            let picture = try decode(bytes, limits: limits)
            look(picture)
            return picture.developed(development(picture.width, picture.height, picture.format))
        }
        var bands = try PNGBands(bytes, limits: limits)
        var stream = DevelopmentStream(
            development(bands.width, bands.height, bands.format), width: bands.width, height: bands.height,
            format: bands.format)
        while let band = try bands.next(bandRows) {
            look(band)
            stream.add(band)
        }
        return stream.finish()
    }
}
