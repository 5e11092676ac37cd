// SPDX-License-Identifier: Apache-2.0
import CPeers
import ImageCore

/// Everything that our worker can do, by name.
enum CallTable {
    typealias Preparing = @Sendable (CallOptions) throws -> PreparedCall

    private static let calls: [String: Preparing] = [
        "png.encode": PNGCalls.encode, "png.decode": PNGCalls.decode,
        "libpng.encode": PNGCalls.libpngEncode, "libpng.decode": PNGCalls.libpngDecode,
        "jpeg.encode": JPEGCalls.encode, "jpeg.decode": JPEGCalls.decode,
        "turbojpeg.encode": JPEGCalls.turboEncode, "turbojpeg.decode": JPEGCalls.turboDecode,
        "resize": ResizeCalls.resize, "stb.resize": ResizeCalls.stb,
        "premultiply": PixelCalls.premultiply, "over": PixelCalls.over, "drop-alpha": PixelCalls.dropAlpha,
        "tone-map": PixelCalls.toneMap, "memcpy": PixelCalls.copy,
        "thumbnail": ThumbnailCalls.thumbnail, "vipsthumbnail": ThumbnailCalls.vipsthumbnail,
        "rays.primary": RayCalls.primary, "rays.path": RayCalls.path, "embree.primary": RayCalls.embree,
        "model.thumbnail": RayCalls.thumbnail, "program": ProgramCalls.run,
    ]

    static func prepare(_ name: String, _ options: CallOptions) throws -> PreparedCall {
        guard let call = calls[name] else { throw Failure("there is no call \(name)") }
        return try call(options)
    }

    /// What is measured, by name.
    static var versions: [String: String] {
        ["kernels": KernelSet.current.name.rawValue, "stb": String(cString: peers_stb_name())]
    }
}
