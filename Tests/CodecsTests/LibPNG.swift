// SPDX-License-Identifier: Apache-2.0
import CPNGShim
import ImageCore

@testable import Codecs

/// libpng's own decoder, whatever path the house's decoder takes.
enum LibPNG {
    static func decode(_ file: [UInt8], _ format: PixelFormat) throws -> [UInt8] {
        let header = try PNGHeader(file)
        let back = PixelBuffer(width: header.width, height: header.height, format: format)
        var failure = png_shim_error()
        let status = png_shim_decode(
            file, file.count, UInt32(header.width), UInt32(header.height), Int32(format.channels.rawValue),
            Int32(format.sample.byteCount * 8), back.base.assumingMemoryBound(to: UInt8.self), back.stride, &failure)
        guard status == 0 else { throw CodecError(.corrupt, failure.sentence) }
        return back.packedBytes()
    }
}
