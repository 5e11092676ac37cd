// SPDX-License-Identifier: Apache-2.0

/// Something beside the processor that develops pictures: what comes out is what `PixelBuffer.developed` and
/// `PixelBuffer.statistics` give, within 1/255.
public protocol DevelopEngine: Sendable {
    /// What it runs on, for people.
    var name: String { get }

    /// The finished pictures of a frame, and what a look at it found.
    ///
    /// - Parameters:
    ///   - denoise: how noise is taken out before anything else is done, as `PixelBuffer.denoised` does; `nil` for not
    ///     at all.
    ///   - guides: what the renderer knows of the picture besides colour.
    ///   - background: linear straight RGBA of pixels that do not count as content.
    /// - Throws: an error whose description is one clear sentence; the frame is as it was, for the processor to develop.
    func developed(
        _ picture: borrowing PixelBuffer, _ development: Development, denoise: DenoiseSettings?,
        guides: borrowing DenoiseGuides, statisticsOver background: SIMD4<Float>?
    ) throws -> DevelopedFrame
}

extension DevelopEngine {
    /// The finished pictures of a frame with the noise that it has.
    public func developed(
        _ picture: borrowing PixelBuffer, _ development: Development, statisticsOver background: SIMD4<Float>? = nil
    ) throws -> DevelopedFrame {
        try developed(
            picture, development, denoise: nil, guides: DenoiseGuides(), statisticsOver: background)
    }
}

/// What an engine makes of a frame.
public struct DevelopedFrame: ~Copyable, Sendable {
    /// In the order of the outputs; empty ones where the frame or an output is empty.
    public let pictures: PixelBufferList
    /// Of the frame as it came.
    public let statistics: PixelStatistics

    public init(pictures: consuming PixelBufferList, statistics: PixelStatistics) {
        self.pictures = pictures
        self.statistics = statistics
    }
}
