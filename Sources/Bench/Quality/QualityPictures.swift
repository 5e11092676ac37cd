// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import Jobs

/// Saves what is compared: finished pictures as PNGs, and what the renderer sent as OpenEXR planes for other denoisers.
struct QualityPictures: Sendable {
    var folder: String
    var scene: String

    /// Saves the reference, finished and as it is.
    func save(reference: borrowing PixelBuffer) throws {
        try write(QualityJudge.finish(reference), "\(scene)-reference")
        let planes = FloatPlanes(width: reference.width, height: reference.height, color: reference.floats())
        try write(planes, [.color], "\(scene)-reference")
    }

    /// Saves a finished picture, and of a denoised one what it was made from.
    func save(
        _ picture: borrowing PixelBuffer, of frame: RenderedFrame, samples: Int, isDenoised: Bool
    ) throws {
        try write(QualityJudge.finish(picture), "\(scene)-\(samples)-\(isDenoised ? "denoised" : "raw")")
        guard isDenoised else { return }
        try write(LoneItem.planes(frame), JobFile.Output.Buffer.allCases, "\(scene)-\(samples)")
    }

    private func write(_ picture: borrowing PixelBuffer, _ name: String) throws {
        try put(PNGEncoder().encode(picture, text: [PNGText(keyword: "Software", text: "Darkroom")]), "\(name).png")
    }

    private func write(_ planes: FloatPlanes, _ buffers: [JobFile.Output.Buffer], _ name: String) throws {
        try put(planes.exr(buffers, text: []).bytes, "\(name).exr")
    }

    private func put(_ bytes: [UInt8], _ name: String) throws {
        do throws(FileError) { try AtomicFile.write(bytes, to: "\(folder)/\(name)", isDurable: false) } catch {
            throw JobError(.environment, error.message, underlying: error)
        }
    }
}
