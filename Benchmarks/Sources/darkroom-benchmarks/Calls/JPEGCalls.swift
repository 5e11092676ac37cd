// SPDX-License-Identifier: Apache-2.0
import CPeers
import Codecs
import ImageCore

/// JPEG in memory: ours, and libjpeg-turbo without us.
enum JPEGCalls {
    private static let quality = 90

    static func encode(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let encoder = JPEGEncoder(quality: quality)
        return PreparedCall(work: Double(frame.byteCount)) { try encoder.encode(frame.pixels).count }
    }

    static func decode(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let bytes = try JPEGEncoder(quality: quality).encode(frame.pixels)
        return PreparedCall(work: Double(frame.byteCount)) {
            let picture = try ImageDecoder.decode(bytes)
            return picture.width > 0 ? nil : 0
        }
    }

    static func turboEncode(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let (turbo, pixels, file) = (try Turbo(), Bytes(frame.pixels.packedBytes()), CBuffer())
        return PreparedCall(work: Double(frame.byteCount)) {
            let status = peers_jpeg_encode(
                turbo.handle, pixels.base, Int32(frame.width), Int32(frame.height), Int32(quality), 0, &file.buffer)
            guard status == 0 else { throw Failure("libjpeg-turbo did not encode the frame") }
            return file.buffer.size
        }
    }

    static func turboDecode(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let bytes = Bytes(try JPEGEncoder(quality: quality).encode(frame.pixels))
        let (turbo, pixels) = (try Turbo(), Bytes(count: frame.byteCount))
        return PreparedCall(work: Double(frame.byteCount)) {
            let status = peers_jpeg_decode(
                turbo.handle, bytes.base, bytes.count, Int32(frame.width), Int32(frame.height), pixels.base)
            guard status == 0 else { throw Failure("libjpeg-turbo did not decode the frame") }
            return nil
        }
    }

    private final class Turbo {
        let handle: OpaquePointer

        init() throws {
            guard let handle = peers_jpeg_new() else { throw Failure("libjpeg-turbo does not start") }
            self.handle = handle
        }

        deinit { peers_jpeg_free(handle) }
    }
}
