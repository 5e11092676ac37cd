// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore

/// Makes the files of an item out of one rendered frame.
struct PictureMaker: Sendable {
    /// A frame that shows nothing.
    struct EmptyFrame: Error {
        var cause: String
    }

    /// The files of an item, in the order of the plan's outputs.
    struct Files {
        var bytes: [[UInt8]]
        var warnings: [String]
    }

    private let plan: JobPlan
    private let chain: DevelopChain
    private let device: DevelopDevice?

    /// - Parameter device: what develops in the processor's place.
    init(_ plan: JobPlan, device: DevelopDevice? = nil) {
        (self.plan, self.device) = (plan, device)
        chain = DevelopChain(plan)
    }

    /// Decodes, checks, develops, resizes and encodes.
    ///
    /// - Parameter text: entries for every PNG; the fingerprint among them goes into JPEGs as a comment.
    /// - Throws: `CodecError`, or `EmptyFrame`.
    func files(_ frame: RenderedFrame, text: [PNGText]) throws -> Files {
        switch frame.pixels {
        case .encoded(let bytes):
            guard !chain.needsPlanes else {
                throw CodecError(
                    .unsupported, "it has 8 bits a channel and no planes, which denoising and .exr files need")
            }
            var development = Development(outputs: [])
            if chain.isTransparent || chain.changesLight {
                (development.source, development.settings) = (.braynsFrame, chain.settings)
            }
            var files = try outputs(of: bytes, development, limits: limits, text: text)
            if chain.wantsPlanes {
                files.warnings.append(
                    "the backend sent 8 bits a channel; exposure, tone map and 16-bit files lose by that")
            }
            return files
        case .planes(let planes): return try files(planes, text: text)
        case .buffers(let bytes): return try files(FloatPlanes(exr: bytes, limits: limits), text: text)
        }
    }

    private var limits: ImageLimits { ImageLimits(pixels: max(plan.file.run.limits.pixels, 1 << 16)) }

    /// Pictures and saved buffers, in the order of the outputs.
    private func files(_ planes: FloatPlanes, text: [PNGText]) throws -> Files {
        if let defect = planes.defect(needing: chain.channels) {
            throw CodecError(.corrupt, "the backend sent \(defect)")
        }
        var made = try pictures(planes, text: text).makeIterator()
        var files = Files(bytes: [], warnings: [])
        for output in plan.outputs {
            guard output.settings.isBuffers else {
                files.bytes.append(made.next() ?? [])
                continue
            }
            let (bytes, missing) = try planes.exr(output.settings.channels, text: text)
            files.bytes.append(bytes)
            if !missing.isEmpty {
                files.warnings.append(
                    "the backend sent no \(missing.joined(separator: ", ")) for \(output.settings.path)")
            }
        }
        return files
    }

    private func pictures(_ planes: FloatPlanes, text: [PNGText]) throws -> [[UInt8]] {
        let picture = planes.picture()
        let fits = plan.outputs.filter { !$0.settings.isBuffers }
            .map { OutputFit($0, width: picture.width, height: picture.height) }
        var development = Development(outputs: fits.map(\.developed))
        development.settings = chain.settings
        guard !fits.isEmpty else {
            try check(picture.statistics(background: background), pixels: picture.width * picture.height)
            return []
        }
        let guides = chain.denoise == nil ? DenoiseGuides() : planes.guides(for: chain)
        if let files = try onDevice(picture, development, fits, denoise: chain.denoise, guides, text: text) {
            return files
        }
        try check(picture.statistics(background: background), pixels: picture.width * picture.height)
        guard let denoise = chain.denoise else {
            return try encode(picture.developed(development), fits, text: text)
        }
        return try encode(picture.denoised(denoise, guides: guides).developed(development), fits, text: text)
    }

    /// The files of a frame that the device develops; `nil` when the processor has to.
    private func onDevice(
        _ picture: borrowing PixelBuffer, _ development: Development, _ fits: [OutputFit],
        denoise: DenoiseSettings? = nil, _ guides: borrowing DenoiseGuides = DenoiseGuides(), text: [PNGText]
    ) throws -> [[UInt8]]? {
        guard
            let frame = device?.developed(
                picture, development, denoise: denoise, guides: guides, statisticsOver: background)
        else { return nil }
        try check(frame.statistics, pixels: picture.width * picture.height)
        return try encode(frame.pictures, fits, text: text)
    }

    private var background: SIMD4<Float>? { plan.file.scene.background?.linear }

    /// Decodes and develops once for all outputs; those that nothing is asked of are the backend's own bytes.
    private func outputs(
        of bytes: [UInt8], _ development: Development, limits: ImageLimits, text: [PNGText]
    ) throws -> Files {
        let header = try ImageDecoder.header(of: bytes)
        let isOriginal = plan.outputs.map { output in
            header.format == .png && header.width == output.width && header.height == output.height
                && chain.leavesUntouched(output, plan: plan)
        }
        func files(_ made: [[UInt8]]) -> Files {
            var made = made.makeIterator()
            return Files(
                bytes: isOriginal.map { $0 ? PictureText.inserting(text, into: bytes) : made.next() ?? [] },
                warnings: [])
        }
        if isOriginal.contains(false), device?.isUsable == true {
            let picture = try ImageDecoder.decode(bytes, limits: limits)
            let fits = fits(isOriginal, picture.width, picture.height)
            var development = development
            development.outputs = fits.map(\.developed)
            if let made = try onDevice(picture, development, fits, text: text) { return files(made) }
        }
        var fits: [OutputFit] = []
        var scan: StatisticsStream?
        var pixels = 0
        let pictures = try ImageDecoder.developed(bytes, limits: limits) { width, height, _ in
            fits = self.fits(isOriginal, width, height)
            var development = development
            development.outputs = fits.map(\.developed)
            return development
        } lookingAt: { band in
            var stream = scan ?? StatisticsStream(format: band.format, background: background)
            stream.add(band)
            (scan, pixels) = (stream, pixels + band.width * band.height)
        }
        if let scan { try check(scan.statistics(), pixels: pixels) }
        return files(try encode(pictures, fits, text: text))
    }

    /// The outputs that are not the backend's own bytes.
    private func fits(_ isOriginal: [Bool], _ width: Int, _ height: Int) -> [OutputFit] {
        zip(plan.outputs, isOriginal).filter { !$1 }.map { output, _ in
            OutputFit(output, width: width, height: height)
        }
    }

    private func encode(
        _ pictures: borrowing PixelBufferList, _ fits: [OutputFit], text: [PNGText]
    ) throws(CodecError) -> [[UInt8]] {
        var files: [[UInt8]] = []
        for (index, fit) in fits.enumerated() {
            files.append(try encode(pictures[index], fit, text: text))
        }
        return files
    }

    /// The blank-frame check.
    private func check(_ statistics: PixelStatistics, pixels: Int) throws(EmptyFrame) {
        if plan.file.run.allowEmpty { return }
        guard let blank = statistics.blank else { return }
        // One flat colour before a background is the front of a cube, not a blank picture.
        if blank == .constant, statistics.foregroundCount < pixels { return }
        let reason =
            switch blank {
            case .empty: "the picture has no pixels"
            case .transparent: "every pixel is transparent"
            case .background: "every pixel is the background"
            case .constant: "every pixel has the same colour"
            case .notNumbers: "\(statistics.nanCount) samples are not numbers"
            }
        throw EmptyFrame(
            cause: "\(reason) (min \(Self.text(statistics.minimum)), max \(Self.text(statistics.maximum)), "
                + "coverage \(Self.percent(statistics.alphaCoverage))); --allow-empty keeps such pictures")
    }

    private static func text(_ value: SIMD4<Float>) -> String {
        (0..<4).map { String((value[$0] * 255).rounded() / 255).prefix(5).description }.joined(separator: " ")
    }

    private static func percent(_ part: Double) -> String { "\((part * 1000).rounded() / 10)%" }

    private func encode(
        _ picture: borrowing PixelBuffer, _ fit: OutputFit, text: [PNGText]
    ) throws(CodecError) -> [UInt8] {
        if fit.isPadded {
            return try encode(fit.padded(picture, color: background ?? .zero), fit.settings, text: text)
        }
        return try encode(picture, fit.settings, text: text)
    }

    private func encode(
        _ picture: borrowing PixelBuffer, _ output: JobFile.Output, text: [PNGText]
    ) throws(CodecError) -> [UInt8] {
        switch output.format {
        case .jpeg:
            let jpeg = try JPEGEncoder(quality: output.quality).encode(picture)
            let comment = text.first { $0.keyword == Fingerprint.keyword }.map { "\($0.keyword)=\($0.text)" }
            return comment.map { PictureText.inserting(comment: $0, into: jpeg) } ?? jpeg
        case .png: return try PNGEncoder(compression: output.compression).encode(picture, text: text)
        }
    }
}
