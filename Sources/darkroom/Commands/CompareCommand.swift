// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codecs
import Foundation
import ImageCore
import JSONRPC
import Jobs

/// `darkroom compare`: how far two pictures are apart.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Measures how far two pictures are apart.",
        discussion: """
            Prints RMSE, PSNR, SSIM and the largest difference; all but SSIM and PSNR in steps of 1/255. Without \
            --tolerance the exit code is 0 whatever the difference is; with it, \(DifferenceExit.code) when a sample \
            differs by more.
            """)

    @Argument(help: ArgumentHelp("The first picture, PNG or JPEG; - for standard input.", valueName: "a"))
    var first: String

    @Argument(help: ArgumentHelp("The second picture.", valueName: "b"))
    var second: String

    @Option(
        help: ArgumentHelp(
            "Largest difference of a sample that counts as equal, 0 to 255 (default: none: only measure).",
            valueName: "steps"))
    var tolerance: Double?

    @Flag(help: "Print the measures as one JSON object (default: lines of text).")
    var json = false

    @Option(
        help: ArgumentHelp("Write a PNG of the differences (default: none).", valueName: "file"))
    var difference: String?

    @Option(help: ArgumentHelp("Factor that the difference picture is brightened by.", valueName: "factor"))
    var gain: Float = 1

    func validate() throws {
        if let tolerance, !(0...255).contains(tolerance) {
            throw ValidationError("--tolerance needs a number from 0 to 255.")
        }
        if first == "-", second == "-" { throw ValidationError("Only one of the pictures can be standard input.") }
        if !(gain > 0 && gain.isFinite) { throw ValidationError("--gain needs a number above 0.") }
    }

    func run() async throws {
        let a = try FileReading.picture(first)
        let b = try FileReading.picture(second)
        guard a.width == b.width, a.height == b.height else {
            throw CommandFailure(
                .input,
                "\(first) has \(a.width)x\(a.height) pixels and \(second) \(b.width)x\(b.height): "
                    + "only pictures of one size can be compared.")
        }
        let result = try PixelBuffer.compare(a, b)
        try StandardStreams.print(json ? Self.json(result).serialized() : Self.text(result))
        if let difference {
            let picture = try PixelBuffer.difference(a, b, gain: gain)
            try FileWriting.replace(difference, with: try PNGEncoder().encode(picture))
        }
        if let tolerance, result.maxDifference > tolerance { throw DifferenceExit.failure }
    }

    static func json(_ result: PictureComparison) -> JSONValue {
        [
            "rmse": .double(result.rmse),
            // JSON has no infinity; equal pictures have no noise to compare with.
            "psnr": result.psnr.isFinite ? .double(result.psnr) : .null,
            "ssim": .double(result.ssim), "max_difference": .double(result.maxDifference),
            "mean_absolute_difference": .double(result.meanAbsoluteDifference),
            "differing_pixels": .int(Int64(result.differingPixels)),
        ]
    }

    static func text(_ result: PictureComparison) -> String {
        func number(_ value: Double) -> String { value.isFinite ? String(format: "%.4f", value) : "infinite" }
        return [
            "RMSE              \(number(result.rmse))", "PSNR              \(number(result.psnr)) dB",
            "SSIM              \(number(result.ssim))", "max difference    \(number(result.maxDifference))",
            "mean difference   \(number(result.meanAbsoluteDifference))",
            "differing pixels  \(result.differingPixels)",
        ].joined(separator: "\n")
    }
}

/// The exit code for pictures that differ: that of `cmp` and `diff`.
enum DifferenceExit {
    static let code: Int32 = 1
    static let failure = ArgumentParser.ExitCode(code)
}
