// SPDX-License-Identifier: Apache-2.0

// Bodies follow; the signatures stand.
extension PixelBuffer {
    public func converted(to format: PixelFormat) -> PixelBuffer { copy() }
    public func cropped(x: Int, y: Int, width: Int, height: Int) -> PixelBuffer { copy() }
    public func padded(left: Int, top: Int, right: Int, bottom: Int, color: SIMD4<Float>) -> PixelBuffer { copy() }
    public func resized(
        width: Int, height: Int, filter: ResampleFilter = .lanczos3, space: ResampleSpace = .linearLight
    ) -> PixelBuffer { PixelBuffer(width: width, height: height, format: format) }
    public func flattened(over color: SIMD3<Float>) -> PixelBuffer { copy() }
    public func over(background: borrowing PixelBuffer) throws(ImageError) -> PixelBuffer { copy() }
    public func developed(_ settings: DevelopSettings) -> PixelBuffer { copy() }
    public func statistics(background: SIMD4<Float>? = nil) -> PixelStatistics { PixelStatistics() }
    public static func compare(
        _ a: borrowing PixelBuffer, _ b: borrowing PixelBuffer
    ) throws(ImageError) -> PictureComparison { throw ImageError(.sizeMismatch, "not there yet") }
    public static func difference(
        _ a: borrowing PixelBuffer, _ b: borrowing PixelBuffer, gain: Float = 1
    ) throws(ImageError) -> PixelBuffer { throw ImageError(.sizeMismatch, "not there yet") }
}
