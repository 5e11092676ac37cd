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
            var files = try outputs(of: develop(picture), untouched: bytes, text: text)
            if chain.wantsPlanes {
                files.warnings.append(
                    "the backend sent 8 bits a channel; exposure, tone map and 16-bit files lose by that")
            }
            return files
        case .planes(let planes):
            let picture = try Self.picture(planes)
            try check(picture)
            return try outputs(of: picture.developed(chain.settings), untouched: nil, text: text)
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

    private func outputs(
        of picture: borrowing PixelBuffer, untouched: [UInt8]?, text: [PNGText]
    ) throws(CodecError) -> Files {
        var files = Files(bytes: [], warnings: [])
        for output in plan.outputs {
            let isSize = picture.width == output.width && picture.height == output.height
            if isSize, let untouched, ImageFormat.detect(untouched) == .png,
                chain.leavesUntouched(output, plan: plan)
            {
                files.bytes.append(PictureText.inserting(text, into: untouched))
            } else {
                files.bytes.append(try encode(fit(picture, to: output), output.settings, text: text))
            }
        }
        return files
    }

    /// The blank-frame check.
    private func check(_ picture: borrowing PixelBuffer) throws(EmptyFrame) {
        if plan.file.run.allowEmpty { return }
        let statistics = picture.statistics(background: plan.file.scene.background.map { Self.linear($0) })
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

    /// 8-bit pictures: clean edges, exposure, tone map.
    private func develop(_ picture: borrowing PixelBuffer) -> PixelBuffer {
        let rgba = picture.converted(to: .rgba8)
        guard chain.isTransparent || chain.changesLight else { return rgba }
        return SceneLight(chain.settings).developed(rgba)
    }

    /// The picture in an output's size: shrunk or grown as a whole, what is left over stays clear.
    private func fit(_ picture: borrowing PixelBuffer, to output: PlannedOutput) -> PixelBuffer {
        if picture.width == output.width, picture.height == output.height { return picture.copy() }
        let scale = min(
            Double(output.width) / Double(picture.width), Double(output.height) / Double(picture.height))
        let width = min(output.width, max(1, Int((Double(picture.width) * scale).rounded())))
        let height = min(output.height, max(1, Int((Double(picture.height) * scale).rounded())))
        let resized = picture.resized(width: width, height: height)
        if width == output.width, height == output.height { return resized }
        let (left, top) = ((output.width - width) / 2, (output.height - height) / 2)
        let color = plan.file.scene.background.map { Self.linear($0) } ?? .zero
        return resized.padded(
            left: left, top: top, right: output.width - width - left, bottom: output.height - height - top, color: color
        )
    }

    private func encode(
        _ picture: borrowing PixelBuffer, _ output: JobFile.Output, text: [PNGText]
    ) throws(CodecError) -> [UInt8] {
        switch output.format {
        case .jpeg:
            let flat = picture.flattened(over: Self.rgb(output.background ?? .white)).converted(to: .rgb8)
            let jpeg = try JPEGEncoder(quality: output.quality).encode(flat)
            let comment = text.first { $0.keyword == Fingerprint.keyword }.map { "\($0.keyword)=\($0.text)" }
            return comment.map { PictureText.inserting(comment: $0, into: jpeg) } ?? jpeg
        case .png:
            let encoder = PNGEncoder(compression: output.compression)
            let sample: PixelFormat.Sample = output.depth == 16 ? .uint16 : .uint8
            if let background = output.background {
                let opaque = PixelFormat(channels: .rgb, sample: sample, transfer: .sRGB, alpha: .none)
                return try encoder.encode(
                    picture.flattened(over: Self.rgb(background)).converted(to: opaque), text: text)
            }
            let clear = PixelFormat(channels: .rgba, sample: sample, transfer: .sRGB, alpha: .straight)
            return try encoder.encode(picture.converted(to: clear), text: text)
        }
    }

    private static func rgb(_ color: PictureColor) -> SIMD3<Float> {
        let linear = linear(color)
        return SIMD3(linear.x, linear.y, linear.z)
    }

    private static func linear(_ color: PictureColor) -> SIMD4<Float> {
        func light(_ value: UInt8) -> Float { SRGB.linear(Float(value) / 255) }
        return SIMD4(light(color.red), light(color.green), light(color.blue), Float(color.alpha) / 255)
    }
}
