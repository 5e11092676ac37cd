// SPDX-License-Identifier: Apache-2.0

/// What the head of a PLY file says of its points.
struct PLYHeader {
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
    /// Bytes of the head itself.
    private(set) var length = 0
    /// Bytes of one point.
    private(set) var stride = 0
    /// Numbers of one point.
    private(set) var columns = 0
    /// x, y and z.
    private(set) var place: [Property] = []
    /// Red, green and blue; empty when they are not all there as bytes.
    private(set) var color: [Property] = []

    private static let sizes = [
        "char": 1, "uchar": 1, "int8": 1, "uint8": 1, "short": 2, "ushort": 2, "int16": 2, "uint16": 2, "int": 4,
        "uint": 4, "int32": 4, "uint32": 4, "float": 4, "float32": 4, "double": 8, "float64": 8,
    ]
    /// Longer heads are no PLY that anybody wrote.
    private static let longest = 65_536

    /// - Parameter bytes: the file, or its first 64 KiB.
    init(_ bytes: [UInt8], shown: String) throws(ModelError) {
        let mark = Array("end_header".utf8)
        let head = bytes.prefix(Self.longest)
        guard head.starts(with: Array("ply".utf8)), let end = Self.find(mark, in: head),
            let newline = head[end...].firstIndex(of: UInt8(ascii: "\n"))
        else { throw ModelError(.corrupt, "\(shown) has no PLY head.") }
        length = newline + 1
        var named: [String: (Property, kind: String)] = [:]
        var element = ""
        for line in String(decoding: head[..<end], as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst() {
            let words = line.split(separator: " ").map(String.init)
            switch words.first {
            case "format":
                guard words.count == 3, ["ascii", "binary_little_endian"].contains(words[1]), words[2] == "1.0" else {
                    throw ModelError(
                        .unsupportedFeature,
                        "\(shown): \"\(line.prefix(60))\"; of points, ascii and binary_little_endian 1.0 are read.")
                }
                isText = words[1] == "ascii"
            case "element":
                guard words.count == 3, let count = Int(words[2]), count >= 0 else {
                    throw ModelError(.corrupt, "\(shown): \"\(line.prefix(60))\" is no element of a PLY file.")
                }
                element = words[1]
                if element == "vertex" {
                    points = count
                } else if count > 0 {
                    if element == "face" || element == "tristrips" { hasFaces = true }
                    if points == 0, stride == 0, element != "face" {
                        throw ModelError(
                            .unsupportedFeature,
                            "\(shown): its element \"\(element.prefix(30))\" stands before the points."
                        )
                    }
                }
            case "property" where element == "vertex":
                guard words.count == 3, let size = Self.sizes[words[1]] else {
                    throw ModelError(.unsupportedFeature, "\(shown): \"\(line.prefix(60))\" is not read in points.")
                }
                let property = Property(offset: stride, column: columns, isDouble: size == 8)
                named[words[2]] = (property, words[1])
                stride += size
                columns += 1
            default: break
            }
        }
        let floats: Set = ["float", "float32", "double", "float64"]
        place = ["x", "y", "z"].compactMap { name in named[name].flatMap { floats.contains($0.kind) ? $0.0 : nil } }
        color = ["red", "green", "blue"].compactMap { name in
            named[name].flatMap { Self.sizes[$0.kind] == 1 ? $0.0 : nil }
        }
        if color.count != 3 { color = [] }
        guard place.count == 3 || points == 0 else {
            throw ModelError(.corrupt, "\(shown): its points lack x, y or z as float or double.")
        }
    }

    private static func find(_ mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
    }
}
