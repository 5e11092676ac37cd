// SPDX-License-Identifier: Apache-2.0
import Scene

/// The head of an NRRD file (<https://teem.sourceforge.net/nrrd/format.html>): what its samples are and where they lie.
package struct NRRDHeader: Sendable, Hashable {
    /// How the samples are written.
    package enum Encoding: Sendable, Hashable {
        case raw
        case text
        case hexadecimal
        case gzip
    }

    package var type: NRRDSampleType
    package var encoding: Encoding
    package var isBigEndian = false
    /// Samples along each axis, the fastest first; the last three are those of space.
    package var sizes: [Int]
    /// Space from sample to sample along each axis of space, and where the axis points.
    package var directions: [Vector3]?
    /// Where the first sample is.
    package var origin: Vector3?
    /// How many axes the space has that `directions` and `origin` are in.
    package var spaceDimension: Int?
    /// The files of the samples as the head names them; those behind the head where there are none.
    package var dataFiles: [String]

    /// Samples along x, y and z.
    package var dimensions: SIMD3<Int> {
        let last = sizes.suffix(3)
        return SIMD3(last[last.startIndex], last[last.startIndex + 1], last[last.startIndex + 2])
    }

    /// Values of one place.
    package var components: Int { sizes.dropLast(3).reduce(1, *) }

    /// Scene units from sample to sample: the lengths of the directions, as Brayns has it, or 1.
    package var spacing: SIMD3<Float> {
        guard let directions else { return SIMD3(repeating: 1) }
        return SIMD3(Float(directions[0].length), Float(directions[1].length), Float(directions[2].length))
    }

    /// How the head asks to place the grid: where it begins and how its axes are turned.
    package var transform: Transform {
        guard spaceDimension == 3 else { return .identity }
        var transform = Transform(translation: origin ?? .zero)
        if let directions { transform.rotation = Quaternion(axes: directions) }
        return transform
    }

    /// Reads the head and finds where the samples begin.
    ///
    /// - Returns: the place behind the empty line that ends the head.
    /// - Throws: `ModelError` with `.corrupt` for what is missing or makes no sense, `.unsupportedFeature` for what such
    ///   a head may say and is not read here.
    package static func read(_ bytes: [UInt8], shown: String) throws(ModelError) -> (header: NRRDHeader, end: Int) {
        var lines = NRRDLines(bytes)
        guard let magic = lines.next(), magic.hasPrefix("NRRD") else {
            throw ModelError(.corrupt, "\(shown) is no NRRD file: it does not begin with NRRD.")
        }
        var fields: [String: String] = [:]
        var files: [String] = []
        while let line = lines.next(), !line.isEmpty {
            // Comments, and pairs of a writer's own, mean nothing to others.
            if line.hasPrefix("#") || line.contains(":=") { continue }
            guard let colon = line.firstIndex(of: ":") else {
                throw ModelError(.corrupt, "\(shown) has a line that is not key: value: \(line.prefix(60))")
            }
            let key = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].trimmed
            fields[Self.fullNames[key] ?? key] = value
            if Self.fullNames[key] ?? key == "data file", value.hasPrefix("LIST") {
                // The names follow, a line each, and end the head.
                while let name = lines.next(), !name.isEmpty { files.append(name.trimmed) }
                break
            }
        }
        return (try NRRDHeader(fields, files, shown), lines.position)
    }

    /// Spellings without a space.
    private static let fullNames = [
        "datafile": "data file", "lineskip": "line skip", "byteskip": "byte skip",
    ]

    private init(_ fields: [String: String], _ files: [String], _ shown: String) throws(ModelError) {
        func missing(_ key: String) -> ModelError {
            ModelError(.corrupt, "\(shown) says no '\(key)' that makes sense.")
        }
        for key in ["line skip", "byte skip"] where ![nil, "0"].contains(fields[key]) {
            throw ModelError(.unsupportedFeature, "\(shown) says '\(key)', which is not read.")
        }
        guard let type = fields["type"].flatMap({ NRRDSampleType(name: $0.lowercased()) }) else {
            throw missing("type")
        }
        self.type = type
        let encoding = fields["encoding"]?.lowercased() ?? ""
        switch encoding {
        case "raw": self.encoding = .raw
        case "txt", "text", "ascii": self.encoding = .text
        case "hex": self.encoding = .hexadecimal
        case "gz", "gzip": self.encoding = .gzip
        case "bz2", "bzip2":
            throw ModelError(
                .unsupportedFeature, "\(shown) is packed with bzip2, which is not read; pack it with gzip.")
        default: throw missing("encoding")
        }
        sizes = (fields["sizes"] ?? "").split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard let dimension = fields["dimension"].flatMap({ Int($0) }), dimension == sizes.count, sizes.count >= 3,
            sizes.count <= 16, sizes.allSatisfy({ $0 > 0 })
        else { throw missing("sizes") }
        if let endian = fields["endian"]?.lowercased() {
            isBigEndian = endian != "little"
        } else if type.size > 1, self.encoding != .text {
            throw ModelError(.corrupt, "\(shown) does not say which end of a sample comes first (endian).")
        }
        dataFiles = files.isEmpty ? try Self.dataFiles(fields["data file"] ?? "", shown) : files
        try readSpace(fields, shown)
    }

    private mutating func readSpace(_ fields: [String: String], _ shown: String) throws(ModelError) {
        let named = fields["space"].map { $0.lowercased().hasSuffix("time") || $0.uppercased().hasSuffix("ST") ? 4 : 3 }
        spaceDimension = named ?? fields["space dimension"].flatMap { Int($0) }
        if let text = fields["space origin"], spaceDimension == 3 {
            guard let place = Self.vectors(text).first else {
                throw ModelError(.corrupt, "\(shown) gives no three numbers as its space origin: \(text.prefix(60))")
            }
            origin = place
        }
        if let text = fields["space directions"], spaceDimension == 3 {
            let axes = Self.vectors(text)
            guard axes.count == 3, axes.allSatisfy({ $0.length > 0 }) else {
                throw ModelError(.corrupt, "\(shown) gives no three space directions: \(text.prefix(60))")
            }
            directions = axes
        }
    }

    /// The vectors of three numbers in a text such as `none (1,0,0) (0,1,0) (0,0,1)`.
    private static func vectors(_ text: String) -> [Vector3] {
        text.split(separator: "(").compactMap { part in
            guard let end = part.firstIndex(of: ")") else { return nil }
            let numbers = part[..<end].split(separator: ",").compactMap { Double(String($0).trimmed) }
            guard numbers.count == 3, numbers.allSatisfy(\.isFinite) else { return nil }
            return Vector3(numbers[0], numbers[1], numbers[2])
        }
    }

    /// One name, several, or a pattern such as `slice%03d.raw 1 20 1`.
    private static func dataFiles(_ text: String, _ shown: String) throws(ModelError) -> [String] {
        let words = text.split(separator: " ").map(String.init)
        guard words.count >= 4, let pattern = words.first, pattern.contains("%") else { return words }
        let numbers = words[1...3].compactMap { Int32($0).map { Int($0) } }
        guard numbers.count == 3, numbers[2] != 0, abs(numbers[1] - numbers[0]) / abs(numbers[2]) < 1 << 20,
            let start = pattern.firstIndex(of: "%"), let end = pattern[start...].firstIndex(of: "d"),
            let width = end == pattern.index(after: start) ? 0 : Int(pattern[pattern.index(after: start)..<end]),
            width < 64
        else { throw ModelError(.corrupt, "\(shown) names its files in a way that makes no sense: \(text.prefix(60))") }
        let filler: Character = pattern[pattern.index(after: start)] == "0" ? "0" : " "
        return stride(from: numbers[0], through: numbers[1], by: numbers[2]).map { number in
            let digits = String(number)
            let padding = String(repeating: filler, count: max(0, width - digits.count))
            return pattern[..<start] + padding + digits + pattern[pattern.index(after: end)...]
        }
    }
}

/// The lines of a head, ended by LF or CRLF.
private struct NRRDLines {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next line without its end, `nil` behind the last.
    mutating func next() -> String? {
        guard position < bytes.count else { return nil }
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var line = bytes[position..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        position = min(bytes.count, end + 1)
        return String(decoding: line, as: UTF8.self)
    }
}

extension StringProtocol {
    /// Without white space at either end.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

extension Quaternion {
    /// The rotation that turns the axes of space into three others, which are as square to each other.
    ///
    /// After Shepperd, "Quaternion from rotation matrix" (1978): the largest part is found first.
    fileprivate init(axes: [Vector3]) {
        let (x, y, z) = (axes[0] / axes[0].length, axes[1] / axes[1].length, axes[2] / axes[2].length)
        let squares = [
            1 + x.x + y.y + z.z, 1 + x.x - y.y - z.z, 1 - x.x + y.y - z.z, 1 - x.x - y.y + z.z,
        ]
        let largest = squares.indices.max { squares[$0] < squares[$1] } ?? 0
        let twice = max(0, squares[largest]).squareRoot()
        guard twice > 0 else {
            self = .identity
            return
        }
        let (half, part) = (twice / 2, 0.5 / twice)
        switch largest {
        case 0: self.init(x: (y.z - z.y) * part, y: (z.x - x.z) * part, z: (x.y - y.x) * part, w: half)
        case 1: self.init(x: half, y: (x.y + y.x) * part, z: (z.x + x.z) * part, w: (y.z - z.y) * part)
        case 2: self.init(x: (x.y + y.x) * part, y: half, z: (y.z + z.y) * part, w: (z.x - x.z) * part)
        default: self.init(x: (z.x + x.z) * part, y: (y.z + z.y) * part, z: half, w: (x.y - y.x) * part)
        }
    }
}
