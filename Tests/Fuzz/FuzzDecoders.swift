// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore

// A libFuzzer target over every decoder: `make fuzz` builds and runs it.
// A decoder refuses what is broken; it never crashes, reads beyond its bytes or takes more memory than it may.

private let limits = ImageLimits(pixels: 1 << 20, extent: 1 << 14, bytes: 1 << 23)

/// libFuzzer's own loop.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
struct FuzzDecoders {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        let status = runDriver(&count, &arguments) { data, size in
            let bytes = Array(UnsafeBufferPointer(start: data, count: size))
            decode(bytes)
            // Behind a wrong checksum nothing would ever be reached.
            if let mended = PNGChecksums.mended(bytes), mended != bytes { decode(mended) }
            return 0
        }
        exit(status)
    }
}

private func decode(_ bytes: [UInt8]) {
    let header = try? ImageDecoder.header(of: bytes)
    do {
        let image = try ImageDecoder.decode(bytes, limits: limits)
        precondition(image.width * image.height <= limits.pixels && image.byteCount <= limits.bytes)
        precondition(header?.width == image.width && header?.height == image.height)
    } catch { precondition(!error.message.isEmpty) }
    do {
        let image = try ImageDecoder.decode(bytes, atLeastWidth: 3, height: 3, limits: limits)
        precondition(image.byteCount <= limits.bytes)
    } catch { precondition(!error.message.isEmpty) }
    decodeBands(bytes)
    decodeBuffers(bytes)
    _ = try? PNGText.read(from: bytes, maxBytes: 1 << 16)
}

private func decodeBuffers(_ bytes: [UInt8]) {
    do {
        let parts = try EXRDecoder.decode(bytes, limits: limits)
        for part in parts { precondition(part.channels.values.allSatisfy { $0.count == part.width * part.height }) }
    } catch { precondition(!error.message.isEmpty) }
}

/// The way of pictures too large to be held.
private func decodeBands(_ bytes: [UInt8]) {
    do {
        var bands = try PNGBands(bytes, limits: limits, heldBytes: 0)
        while let band = try bands.next(5) { precondition(band.height <= 5) }
    } catch { precondition(!error.message.isEmpty) }
}
