// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codecs
import ImageCore
import JSONRPC
import Jobs

extension ImageCommand {
    /// `darkroom image resize`.
    struct Resize: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resize", abstract: "Times the resizing of a picture, and writes it if asked to.")
        @OptionGroup var shared: Shared

        @Option(
            help: ArgumentHelp("Pixels to resize to; one number bounds the longer side.", valueName: "WxH"),
            transform: FlagValue.size)
        var size: PictureSize

        @Option(help: "The reconstruction filter.")
        var filter: ResampleFilter = .lanczos3

        @Flag(help: "Mix stored values instead of light, as many programs do: for comparisons with them.")
        var gammaSpace = false

        @Flag(help: "Time the way from file to file: decoding and encoding too, band by band.")
        var whole = false

        @Option(help: "How hard the PNG that is written is pressed.")
        var compression: PNGCompression = .balanced

        @Option(
            name: .shortAndLong,
            help: ArgumentHelp("Write the resized picture as PNG (default: none).", valueName: "file"))
        var output: String?

        func run() async throws {
            let bytes = try FileReading.bytes(of: shared.file)
            let header = try FileReading.naming(shared.file) { try ImageDecoder.header(of: bytes) }
            let (width, height) = size.fitted(width: header.width, height: header.height)
            let facts: [String: JSONValue] = [
                "width": .int(Int64(width)), "height": .int(Int64(height)),
                "from_width": .int(Int64(header.width)), "from_height": .int(Int64(header.height)),
                "filter": .string(filter.rawValue), "space": .string(space.rawValue), "whole": .bool(whole),
            ]
            let encoder = PNGEncoder(compression: compression)
            try FileReading.naming(shared.file) {
                if whole {
                    var file: [UInt8] = []
                    try shared.time("resize", facts: facts) {
                        file = try encoder.encode(ImageDecoder.developed(bytes, development).first())
                    }
                    if let output { try FileWriting.replace(output, with: file) }
                } else {
                    let picture = try ImageDecoder.decode(bytes)
                    let resized = { picture.resized(width: width, height: height, filter: filter, space: space) }
                    try shared.time("resize", facts: facts) { _ = resized() }
                    if let output { try FileWriting.replace(output, with: try encoder.encode(resized())) }
                }
            }
        }

        private var space: ResampleSpace { gammaSpace ? .gamma : .linearLight }

        private func development(_ width: Int, _ height: Int, _ format: PixelFormat) -> Development {
            let size = size.fitted(width: width, height: height)
            var development = Development(outputs: [
                Development.Output(width: size.width, height: size.height, format: format)
            ])
            (development.filter, development.space) = (filter, space)
            return development
        }
    }
}
