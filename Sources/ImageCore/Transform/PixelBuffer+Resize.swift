// SPDX-License-Identifier: Apache-2.0

extension PixelBuffer {
    /// The picture at another size, in the same format.
    ///
    /// Colour is mixed premultiplied, so that transparent pixels do not bleed; the filter widens when the picture
    /// shrinks. Within 1/255 of the same computed in double precision.
    /// - Parameters:
    ///   - width: columns wanted; 0 gives an empty picture.
    ///   - height: rows wanted; 0 gives an empty picture.
    ///   - space: linear light is right; gamma space is what many programs do.
    public func resized(
        width: Int, height: Int, filter: ResampleFilter = .lanczos3, space: ResampleSpace = .linearLight
    ) -> PixelBuffer {
        if width == self.width, height == self.height { return copy() }
        return resized(to: [(width, height)], filter: filter, space: space).first()
    }

    /// The picture at several sizes, in the same format, from one pass over its rows.
    ///
    /// - Parameter sizes: columns and rows wanted; 0 gives an empty picture.
    /// - Returns: pictures in the order of the sizes, each the same as `resized(width:height:)` gives.
    public func resized(
        to sizes: [(width: Int, height: Int)], filter: ResampleFilter = .lanczos3,
        space: ResampleSpace = .linearLight
    ) -> PixelBufferList {
        var development = Development(
            outputs: sizes.map { Development.Output(width: $0.width, height: $0.height, format: format) })
        (development.filter, development.space) = (filter, space)
        return developed(development)
    }
}
