// SPDX-License-Identifier: Apache-2.0
import CZlib
import HTTPTypes
import OmniverseServices

/// Undoes the compression of a request's body.
enum BodyDecoding {
    enum Failure: Error, Hashable {
        case tooLong
        case damaged
        case unknown(String)
    }

    /// Replaces a compressed body by its plain bytes.
    ///
    /// - Parameter limit: bytes that it may have, compressed or not.
    static func undo(_ request: inout WireRequest, limit: Int) throws(Failure) {
        guard let body = request.body else { return }
        guard body.count <= limit else { throw .tooLong }
        let encodings = (request.headers[.contentEncoding] ?? "").split(separator: ",").map {
            $0.filter { !$0.isWhitespace }.lowercased()
        }
        var bytes = body
        // The last one named was the last one done.
        for encoding in encodings.reversed() where encoding != "identity" {
            guard ["gzip", "x-gzip", "deflate"].contains(encoding) else { throw .unknown(String(encoding.prefix(32))) }
            bytes = try inflated(bytes, limit: limit)
        }
        request.body = bytes
        request.headers[.contentEncoding] = nil
    }

    /// What a gzip or zlib stream holds.
    static func inflated(_ bytes: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        // 32 more than the window tells gzip from zlib by the stream's head.
        guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .damaged
        }
        defer { inflateEnd(&stream) }
        var (plain, piece): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 1 << 16))
        var input = bytes
        let status = input.withUnsafeMutableBufferPointer { source -> Int32 in
            (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
            var status = Z_OK
            while status == Z_OK, plain.count <= limit {
                status = piece.withUnsafeMutableBufferPointer { target in
                    (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
                    return inflate(&stream, Z_NO_FLUSH)
                }
                plain += piece.prefix(piece.count - Int(stream.avail_out))
            }
            return status
        }
        guard plain.count <= limit else { throw .tooLong }
        guard status == Z_STREAM_END, stream.avail_in == 0 else { throw .damaged }
        return plain
    }
}
