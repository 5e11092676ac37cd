// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codecs
import ImageCore
import Jobs
import Scene

/// What `render`'s pictures are made of.
struct PictureFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp("Pixels of a picture (default: 1920x1080).", valueName: "WxH"),
        transform: FlagValue.size)
    var size: PictureSize?

    @Option(help: ArgumentHelp("Which renderer draws (default: interactive)."))
    var renderer: RendererSettings.Kind?

    @Option(help: ArgumentHelp("Samples a pixel (default: 16).", valueName: "n"))
    var samples: Int?

    @Option(
        help: ArgumentHelp(
            "transparent, white, black or #rrggbb (default: transparent for PNG, white for JPEG).",
            valueName: "colour"),
        transform: FlagValue.background)
    var background: Setting<PictureColor>?

    @Option(help: ArgumentHelp("How hard PNG is pressed (default: balanced)."))
    var compression: PNGCompression?

    @Option(help: ArgumentHelp("Bits a channel of a PNG, 8 or 16 (default: 8).", valueName: "bits"))
    var depth: Int?

    @Option(help: ArgumentHelp("JPEG quality, 1 to 100 (default: 90).", valueName: "n"))
    var quality: Int?

    @Option(help: ArgumentHelp("Another tone map than the renderer's own (default: none)."))
    var toneMap: JobFile.DevelopStep.ToneMap?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Stops brighter, or darker below zero (default: 0).", valueName: "stops"))
    var exposure: Double?

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp("Take out noise by what the renderer knows besides colour (default: no)."))
    var denoise: Bool?

    func validate() throws {
        if let samples, !(1...1_000_000).contains(samples) {
            throw ValidationError("--samples needs a number from 1 to 1000000.")
        }
        if let depth, depth != 8, depth != 16 { throw ValidationError("--depth needs 8 or 16.") }
        if let quality, !(1...100).contains(quality) {
            throw ValidationError("--quality needs a number from 1 to 100.")
        }
        if let exposure, !(-20...20).contains(exposure) {
            throw ValidationError("--exposure needs stops from -20 to 20.")
        }
    }

    /// Puts what was given into a job.
    func apply(to job: inout JobFile) {
        if let size { job.render.size = size }
        if let renderer { job.render.renderer = renderer }
        if let samples { job.render.samples = samples }
        for index in job.outputs.indices {
            if let background { job.outputs[index].background = background.value }
            if let compression { job.outputs[index].compression = compression }
            if let depth, job.outputs[index].format == .png { job.outputs[index].depth = depth }
            if let quality { job.outputs[index].quality = quality }
        }
        if let denoise { job.setDenoise(denoise) }
        if let exposure {
            job.develop.removeAll { if case .exposure = $0 { true } else { false } }
            if exposure != 0 { job.develop.insert(.exposure(exposure), at: 0) }
        }
        if let toneMap {
            job.develop.removeAll { if case .toneMap = $0 { true } else { false } }
            if toneMap != .none { job.develop.append(.toneMap(toneMap)) }
        }
    }
}

extension JobFile {
    /// Denoises with the usual strength, or not at all; a job file's own strength stays.
    mutating func setDenoise(_ isWanted: Bool) {
        let isAsked = develop.contains { if case .denoise(let strength) = $0 { strength > 0 } else { false } }
        guard isAsked != isWanted else { return }
        develop.removeAll { if case .denoise = $0 { true } else { false } }
        if isWanted { develop.insert(.denoise(1), at: 0) }
    }
}
