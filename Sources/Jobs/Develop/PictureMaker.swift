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

    init(_ plan: JobPlan) {
        self.plan = plan
        chain = DevelopChain(plan)
    }

    /// Decodes, checks, develops, resizes and encodes.
    ///
    /// - Parameter text: entries for every PNG; the fingerprint among them goes into JPEGs as a comment.
    /// - Throws: `CodecError`, or `EmptyFrame`.
    func files(_ frame: RenderedFrame, text: [PNGText]) throws -> Files {
        switch frame.pixels {
        case .encoded(let bytes):
            let limits = ImageLimits(pixels: max(plan.file.run.limits.pixels, 1 << 16))
            let picture = try ImageDecoder.decode(bytes, limits: limits)
            try check(picture)
            let isTouched = chain.isTransparent || chain.changesLight
            var development = Development(outputs: [])
            if isTouched { (development.source, development.settings) = (.braynsFrame, chain.settings) }
            var files = try outputs(of: picture, development, untouched: bytes, text: text)
            if chain.wantsPlanes {
                files.warnings.append(
                    "the backend sent 8 bits a channel; exposure, tone map and 16-bit files lose by that")
            }
            return files
        case .planes(let planes):
            let picture = try Self.picture(planes)
            try check(picture)
            var development = Development(outputs: [])
            development.settings = chain.settings
            return try outputs(of: picture, development, untouched: nil, text: text)
        }
    }

    private static func picture(_ planes: FloatPlanes) throws(CodecError) -> PixelBuffer {
        let (width, height) = (planes.width, planes.height)
        guard (1...65_536).contains(width), (1...65_536).contains(height), planes.color.count == width * height * 4
        else {
            throw CodecError(
                .corrupt, "the backend sent \(planes.color.count) floats for \(width)x\(height) pixels")
        }
        return PixelBuffer(width: width, height: height, format: .linearRGBA, floats: planes.color)
    }

    /// Develops the picture once for all outputs, and gives its memory back before the first is encoded.
    private func outputs(
        of picture: consuming PixelBuffer, _ development: Development, untouched: [UInt8]?, text: [PNGText]
    ) throws(CodecError) -> Files {
        let (width, height) = (picture.width, picture.height)
        let isOriginal = plan.outputs.map { output in
            guard let untouched, ImageFormat.detect(untouched) == .png else { return false }
            return width == output.width && height == output.height && chain.leavesUntouched(output, plan: plan)
        }
        let fits = plan.outputs.map { OutputFit($0, width: width, height: height) }
        var development = development
        development.outputs = zip(fits, isOriginal).filter { !$1 }.map { fit, _ in fit.developed }
        let pictures = Self.developed(picture, development)
        var files = Files(bytes: [], warnings: [])
        var next = 0
        for (index, output) in plan.outputs.enumerated() {
            if isOriginal[index] {
                files.bytes.append(PictureText.inserting(text, into: untouched ?? []))
                continue
            }
            files.bytes.append(
                try encode(
                    pictures[next], fits[index], output.settings, text: text))
            next += 1
        }
        return files
    }

    private static func developed(_ picture: consuming PixelBuffer, _ development: Development) -> PixelBufferList {
        picture.developed(development)
    }

    /// The blank-frame check.
    private func check(_ picture: borrowing PixelBuffer) throws(EmptyFrame) {
        if plan.file.run.allowEmpty { return }
        let statistics = picture.statistics(background: plan.file.scene.background?.linear)
        guard let blank = statistics.blank else { return }
        // One flat colour before a background is the front of a cube, not a blank picture.
        if blank == .constant, statistics.foregroundCount < picture.width * picture.height { return }
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
        _ picture: borrowing PixelBuffer, _ fit: OutputFit, _ output: JobFile.Output, text: [PNGText]
    ) throws(CodecError) -> [UInt8] {
        if fit.isPadded {
            let color = plan.file.scene.background?.linear ?? .zero
            return try encode(fit.padded(picture, color: color), output, text: text)
        }
        return try encode(picture, output, text: text)
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
