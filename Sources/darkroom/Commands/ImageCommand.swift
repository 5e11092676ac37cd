// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bench
import Codecs
import Foundation
import ImageCore
import JSONRPC
import Jobs

/// `darkroom image`: one step of the image path on a file of the user's own, timed.
struct ImageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Decodes, encodes or resizes a picture of yours, and says how long that takes.",
        discussion: "Times are printed as one JSON object on standard output.",
        subcommands: [Decode.self, Encode.self, Resize.self])

    /// What all steps take.
    struct Shared: ParsableArguments {
        @Argument(help: ArgumentHelp("A picture, PNG or JPEG.", valueName: "file"))
        var file: String

        @Option(name: .long, help: ArgumentHelp("Times to repeat the step.", valueName: "n"))
        var `repeat` = 1

        func validate() throws {
            guard (1...1_000_000).contains(self.repeat) else {
                throw ValidationError("--repeat needs a number from 1 to 1000000.")
            }
        }

        /// Runs the step once to warm up, then `repeat` times, and prints the times.
        func time(_ step: String, facts: [String: JSONValue], _ body: () throws -> Void) throws {
            try body()
            var seconds: [Double] = []
            for _ in 0..<self.repeat {
                let start = ContinuousClock.now
                try body()
                seconds.append((ContinuousClock.now - start) / .seconds(1))
            }
            var members = facts
            members["step"] = .string(step)
            members["file"] = .string(file)
            members["kernels"] = .string(KernelSet.current.name.rawValue)
            members["seconds"] = Timing(seconds).json
            try StandardStreams.print(JSONValue.object(members).serialized())
        }
    }

    /// `darkroom image decode`.
    struct Decode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decode", abstract: "Times the decoding of a picture.")
        @OptionGroup var shared: Shared

        func run() async throws {
            let bytes = try FileReading.bytes(of: shared.file)
            let header = try FileReading.naming(shared.file) { try ImageDecoder.header(of: bytes) }
            let facts: [String: JSONValue] = [
                "format": .string(header.format.rawValue), "width": .int(Int64(header.width)),
                "height": .int(Int64(header.height)), "bytes": .int(Int64(bytes.count)),
            ]
            try FileReading.naming(shared.file) {
                try shared.time("decode", facts: facts) { _ = try ImageDecoder.decode(bytes) }
            }
        }
    }

    /// `darkroom image encode`.
    struct Encode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "encode", abstract: "Times the encoding of a picture, and writes it if asked to.")
        @OptionGroup var shared: Shared

        @Option(help: "The format to encode to.")
        var format: ImageFormat = .png

        @Option(help: "How hard PNG is pressed.")
        var compression: PNGCompression = .balanced

        @Option(help: ArgumentHelp("JPEG quality, 1 to 100.", valueName: "n"))
        var quality = 90

        @Option(
            name: .shortAndLong,
            help: ArgumentHelp("Write the encoded picture (default: none).", valueName: "file"))
        var output: String?

        func validate() throws {
            if !(1...100).contains(quality) { throw ValidationError("--quality needs a number from 1 to 100.") }
        }

        func run() async throws {
            let decoded = try FileReading.picture(shared.file)
            // A JPEG holds no transparency; white is what it is flattened over everywhere in this program.
            let picture =
                format == .jpeg && decoded.format.channels.hasAlpha
                ? decoded.flattened(over: SIMD3(repeating: 1)) : decoded.copy()
            var encoded: [UInt8] = []
            func encode() throws {
                encoded =
                    format == .png
                    ? try PNGEncoder(compression: compression).encode(picture)
                    : try JPEGEncoder(quality: quality).encode(picture)
            }
            try encode()
            let facts: [String: JSONValue] = [
                "format": .string(format.rawValue), "width": .int(Int64(picture.width)),
                "height": .int(Int64(picture.height)), "bytes": .int(Int64(encoded.count)),
            ]
            try shared.time("encode", facts: facts, encode)
            if let output { try FileWriting.replace(output, with: encoded) }
        }
    }
}
