// SPDX-License-Identifier: Apache-2.0
import CPeers
import Codecs
import ImageCore

/// PNG in memory: ours and libpng's.
enum PNGCalls {
    static func encode(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let level = try options.text("level")
        guard let compression = PNGCompression(rawValue: level) else { throw Failure("no level \(level)") }
        let encoder = PNGEncoder(compression: compression)
        return PreparedCall(work: Double(frame.byteCount)) { try encoder.encode(frame.pixels).count }
    }

    static func decode(_ options: CallOptions) throws -> PreparedCall {
        let bytes = try Frame.file(options.frame())
        let work = try Double(ImageDecoder.decode(bytes).byteCount)
        return PreparedCall(work: work) {
            let picture = try ImageDecoder.decode(bytes)
            return picture.width > 0 ? nil : 0
        }
    }

    static func libpngEncode(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let pixels = Bytes(frame.pixels.packedBytes())
        let level = try Int32(options.number("level", or: 6))
        let filters = options.text("filter", or: "") == "sub" ? peers_png_filter_sub() : -1
        let file = CBuffer()
        return PreparedCall(work: Double(frame.byteCount)) {
            let status = peers_png_encode(
                pixels.base, UInt32(frame.width), UInt32(frame.height), Int32(frame.channels), level, filters, -1,
                &file.buffer)
            guard status == 0 else { throw Failure("libpng did not encode the frame") }
            return file.buffer.size
        }
    }

    static func libpngDecode(_ options: CallOptions) throws -> PreparedCall {
        let bytes = try Bytes(Frame.file(options.frame()))
        let frame = try Frame(options)
        let pixels = Bytes(count: frame.byteCount)
        return PreparedCall(work: Double(frame.byteCount)) {
            let status = peers_png_decode(
                bytes.base, bytes.count, UInt32(frame.width), UInt32(frame.height), Int32(frame.channels), pixels.base)
            guard status == 0 else { throw Failure("libpng did not decode the frame") }
            return nil
        }
    }
}

/// A buffer of the C peers that ends with its owner.
final class CBuffer {
    var buffer = peers_buffer()
    deinit { peers_buffer_free(&buffer) }
}
