// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore

/// A picture that calls can share.
final class Frame {
    let pixels: PixelBuffer

    init(_ pixels: consuming PixelBuffer) { self.pixels = pixels }

    /// The pixels of a frame's file.
    convenience init(_ options: CallOptions) throws {
        self.init(try ImageDecoder.decode(Self.file(options.frame())))
    }

    /// Bytes of its pixels.
    var byteCount: Int { pixels.byteCount }
    var width: Int { pixels.width }
    var height: Int { pixels.height }
    var channels: Int { pixels.format.channels.rawValue }

    /// A file's bytes.
    static func file(_ path: String) throws -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw Failure("\(path) cannot be read; make bench makes it")
        }
    }
}

/// Memory that a C peer writes to, call after call.
final class Bytes {
    let base: UnsafeMutablePointer<UInt8>
    let count: Int

    init(count: Int) {
        self.count = count
        base = .allocate(capacity: max(1, count))
        base.initialize(repeating: 0, count: max(1, count))
    }

    convenience init(_ bytes: [UInt8]) {
        self.init(count: bytes.count)
        base.update(from: bytes, count: bytes.count)
    }

    deinit { base.deallocate() }
}
