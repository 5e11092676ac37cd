// SPDX-License-Identifier: Apache-2.0
import CPeers
import ImageCore

/// A picture at another size: ours and stb's.
enum ResizeCalls {
    static func resize(_ options: CallOptions) throws -> PreparedCall {
        let frame = try Frame(options)
        let size = try options.size()
        let space: ResampleSpace = options.text("space", or: "gamma") == "linear" ? .linearLight : .gamma
        return PreparedCall(work: Double(frame.byteCount)) {
            let small = frame.pixels.resized(width: size.width, height: size.height, filter: .lanczos3, space: space)
            return small.width > 0 ? nil : 0
        }
    }

    static func stb(_ options: CallOptions) throws -> PreparedCall {
        let library = try options.text("library")
        guard String(cString: peers_stb_name()) == library else {
            throw Absence(
                library == "stb_image_resize2"
                    ? "Debian does not package it; DARKROOM_STB=folder builds it in" : "\(library) is not built in")
        }
        let frame = try Frame(options)
        let size = try options.size()
        let linear: Int32 = options.text("space", or: "gamma") == "linear" ? 1 : 0
        let (source, target) = (Bytes(frame.pixels.packedBytes()), Bytes(count: 4 * size.width * size.height))
        return PreparedCall(work: Double(frame.byteCount)) {
            let done = peers_stb_resize(
                source.base, Int32(frame.width), Int32(frame.height), target.base, Int32(size.width),
                Int32(size.height), linear)
            guard done != 0 else { throw Failure("stb did not resize the frame") }
            return nil
        }
    }
}
