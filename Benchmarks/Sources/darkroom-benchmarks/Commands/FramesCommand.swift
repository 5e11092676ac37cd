// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CPeers
import Codecs
import Foundation
import ImageCore

/// `frames`: rendered pictures as everybody is given them.
struct FramesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frames", abstract: "Writes rendered pictures anew by libpng level 6, as RGBA and as RGB.")

    @Argument(help: ArgumentHelp("The folder of rendered PNGs.", valueName: "folder"))
    var rendered: String

    @Argument(help: ArgumentHelp("The folder for NAME.rgba.png and NAME.rgb.png.", valueName: "folder"))
    var target: String

    func run() throws {
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: rendered).sorted() where name.hasSuffix(".png")
        {
            let picture = try ImageDecoder.decode(Frame.file("\(rendered)/\(name)"))
            for format in [PixelFormat.rgba8, .rgb8] {
                let suffix = format == .rgba8 ? "rgba" : "rgb"
                let path = "\(target)/\(name.dropLast(4)).\(suffix).png"
                try Data(file(picture.converted(to: format))).write(to: URL(fileURLWithPath: path), options: .atomic)
            }
        }
    }

    private func file(_ picture: borrowing PixelBuffer) throws -> [UInt8] {
        let file = CBuffer()
        let status = peers_png_encode(
            picture.packedBytes(), UInt32(picture.width), UInt32(picture.height),
            Int32(picture.format.channels.rawValue), 6, -1, -1, &file.buffer)
        guard status == 0 else { throw Failure("libpng did not encode a frame") }
        return Array(UnsafeBufferPointer(start: file.buffer.data, count: file.buffer.size))
    }
}
