// SPDX-License-Identifier: Apache-2.0

/// Where the points of a PLY file stand and how each is laid out.
struct PointLayout {
    /// One number of a point.
    struct Property {
        /// Bytes from the point's start.
        var offset: Int
        /// Place among the numbers of a line of text.
        var column: Int
        var isDouble: Bool
    }

    private(set) var isText = false
    private(set) var points = 0
    private(set) var hasFaces = false
    /// Bytes of the head.
    private(set) var length = 0
    /// Bytes of one point.
    private(set) var stride = 0
    /// Numbers of one point.
    private(set) var columns = 0
    /// x, y and z.
    private(set) var place: [Property] = []
    /// Red, green and blue; empty when they are not all there as bytes.
    private(set) var color: [Property] = []

    /// - Parameter bytes: the file, or its first 64 KiB.
    /// - Throws: `ModelError` for what is no PLY file, or one whose points cannot be found.
    init(_ bytes: [UInt8], shown: String) throws(ModelError) {
        guard let header = PLYHeader(Array(bytes.prefix(1 << 16))) else {
            throw ModelError(.corrupt, "\(shown) has no PLY head.")
        }
        guard !header.isBigEndian else {
            throw ModelError(
                .unsupportedFeature, "\(shown): of points, ascii and binary_little_endian 1.0 are read, not big endian."
            )
        }
        hasFaces = header.elements.contains { $0.count > 0 && ["face", "tristrips"].contains($0.name) }
        (isText, length) = (header.isText, header.size)
        let filled = header.elements.first { $0.count > 0 }
        guard let vertices = filled ?? header.elements.first(where: { $0.name == "vertex" }), !hasFaces else { return }
        guard vertices.name == "vertex", let stride = vertices.stride else {
            throw ModelError(
                .unsupportedFeature,
                "\(shown): its element \"\(vertices.name.prefix(30))\" is not read in place of points.")
        }
        (points, self.stride, columns) = (vertices.count, stride, vertices.properties.count)
        func properties(_ names: [String], _ types: Set<PLYHeader.Scalar>) -> [Property] {
            names.compactMap { name in
                guard let column = vertices.properties.firstIndex(where: { $0.name == name }),
                    let found = vertices.place(name), types.contains(found.type)
                else { return nil }
                return Property(offset: found.offset, column: column, isDouble: found.type == .float64)
            }
        }
        place = properties(["x", "y", "z"], [.float32, .float64])
        color = properties(["red", "green", "blue"], [.uint8, .int8])
        if color.count != 3 { color = [] }
        guard place.count == 3 || points == 0 else {
            throw ModelError(.corrupt, "\(shown): its points lack x, y or z as float or double.")
        }
    }
}
