// SPDX-License-Identifier: Apache-2.0

/// Formats that announce how much they hold: Assimp believes them, and asks for the memory.
extension FileInspection {
    /// Binary STL: a triangle count behind 80 bytes, then 50 bytes a triangle.
    mutating func inspectSTL() throws(ModelError) {
        let head = file.head(84)
        let isText = head.starts(with: Array("solid".utf8))
        guard head.count == 84 else {
            if isText { return }
            throw corrupt("is cut short: a binary STL file has at least 84 bytes, this one \(file.size)")
        }
        let count = head[80..<84].reversed().reduce(0) { $0 << 8 | Int($1) }
        let wanted = 84 + 50 * count
        if wanted == file.size {
            try FileInspection.check(triangles: count, of: shown, limit: options.maxTriangles)
            if count == 0 { throw ModelError(.empty, "\(shown) holds no triangle.") }
            return
        }
        if isText { return }
        guard wanted < file.size else {
            throw corrupt("is cut short: it announces \(count) triangles in \(wanted) bytes and has \(file.size)")
        }
        try FileInspection.check(triangles: count, of: shown, limit: options.maxTriangles)
        warnings.append("\(file.size - wanted) bytes behind the last triangle of \(shown) are not read.")
        file = ReadableFile(bytes: file.head(wanted))
    }

    /// PLY: `element NAME COUNT` lines up to `end_header`.
    func inspectPLY() throws(ModelError) {
        let head = file.head(1 << 16)
        guard head.starts(with: Array("ply".utf8)) else { throw corrupt("does not start with \"ply\"") }
        let end = Array("end_header".utf8)
        let body = (0..<max(0, head.count - end.count)).first { head[$0..<$0 + end.count].elementsEqual(end) }
        let lines = head.split(maxSplits: 500, whereSeparator: { $0 == 10 || $0 == 13 })
        var (counts, isEnded, isBinary, row, face, element) = ([String: Int](), false, false, 0, 1, "")
        for bytes in lines {
            let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
            guard let first = words.first else { continue }
            if first == "end_header" {
                isEnded = true
                break
            }
            if first == "format", words.count > 1 { isBinary = words[1].hasPrefix("binary") }
            if first == "property", element == "vertex", words.count == 3 { row += size(of: words[1]) }
            if first == "property", element == "face", words.count == 5, words[1] == "list", face == 1 {
                face = size(of: words[2]) + 3 * size(of: words[3])
            }
            guard first == "element", words.count == 3 else { continue }
            element = String(words[1])
            guard let count = Int(words[2]), count >= 0 else {
                throw corrupt("announces \"\(words[2].prefix(30))\" elements of the kind \(element.prefix(30))")
            }
            counts[element] = count
        }
        guard isEnded else { throw corrupt("has no end_header line within its first 64 KiB") }
        let (vertices, faces) = (counts["vertex"] ?? 0, (counts["face"] ?? 0) + (counts["tristrips"] ?? 0))
        // The least there must be: whole rows of binary vertices and triangles, a digit and a space of text.
        let (corners, first) = vertices.multipliedReportingOverflow(by: isBinary ? max(1, row) : 2)
        let (triangles, second) = faces.multipliedReportingOverflow(by: isBinary ? face : 2)
        let (bytes, third) = corners.addingReportingOverflow(triangles)
        guard !first, !second, !third, bytes <= file.size - (body ?? 0) else {
            throw corrupt("is cut short: \(vertices) vertices and \(faces) faces do not fit into \(file.size) bytes")
        }
        guard faces > 0 else {
            throw ModelError(
                .empty, "\(shown) has no surface: it holds \(vertices) points, and only surfaces are drawn.")
        }
        try FileInspection.check(triangles: faces, of: shown, limit: options.maxTriangles)
    }

    private func size(of type: Substring) -> Int {
        switch type {
        case "char", "uchar", "int8", "uint8": 1
        case "short", "ushort", "int16", "uint16": 2
        case "double", "float64": 8
        default: 4
        }
    }

    /// OFF: a first line, then the counts of vertices, faces and edges.
    func inspectOFF() throws(ModelError) {
        let text = String(decoding: file.head(4096), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        guard let first = lines.first, first.contains("OFF") else { throw corrupt("does not start with \"OFF\"") }
        // The counts may stand behind the mark on its line.
        let words = lines.prefix(2).joined(separator: " ").split(whereSeparator: { $0 == " " || $0 == "\t" })
        let counts = words.drop { !$0.hasSuffix("OFF") }.dropFirst().prefix(2).map { Int($0) }
        guard counts.count == 2, let vertices = counts[0], let faces = counts[1], vertices >= 0, faces >= 0 else {
            // 4OFF and nOFF put the dimension first; Assimp sorts that out.
            return
        }
        // "0 0 0\n" and "3 0 1 2\n" are the shortest lines there are.
        guard vertices <= file.size / 6 + 1, faces <= file.size / 4 + 1 else {
            throw corrupt("is cut short: \(vertices) vertices and \(faces) faces do not fit into \(file.size) bytes")
        }
        try FileInspection.check(triangles: faces, of: shown, limit: options.maxTriangles)
    }
}
