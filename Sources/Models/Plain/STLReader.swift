// SPDX-License-Identifier: Apache-2.0

/// Reads binary STL: 84 bytes of head, then 50 bytes a triangle: a normal, three corners and a colour or nothing.
struct STLReader: ~Copyable {
    private let bytes: FileBytes
    private let count: Int
    private let work: WorkSplit

    /// - Returns: `nil` for text, for files of another length than they say, and for heads that announce colours.
    init?(_ file: ReadableFile, _ work: WorkSplit) {
        let head = file.head(84)
        guard head.count == 84, !head.contains("COLOR=".utf8) else { return nil }
        let count = head[80..<84].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard count > 0, file.size == 84 + 50 * count, let bytes = FileBytes(file, work) else { return nil }
        self.bytes = bytes
        self.count = count
        self.work = work
    }

    /// - Returns: `nil` when a triangle has a colour.
    consuming func mesh() -> PlainMesh? {
        var mesh = PlainMesh(corners: 3 * count)
        let (source, target) = (bytes.base + 84, mesh.positions.base)
        let colored = LargeBuffer(repeating: false, count: work.threads)
        let hasColor = colored.base
        let (work, count) = (work, count)
        let parts = work.parts(count)
        work.numbers(parts) { part in
            for face in count * part / parts..<count * (part + 1) / parts {
                let row = source + 50 * face
                // The facet's normal, of 12 bytes, is made anew.
                for corner in 0..<3 { target[3 * face + corner] = .init(littleEndianAt: row + 12 + 12 * corner) }
                if (row + 49).load(as: UInt8.self) >= 0x80 { hasColor[part] = true }
            }
        }
        guard (0..<parts).allSatisfy({ !hasColor[$0] }) else { return nil }
        mesh.triangles = Array(filling: 3 * count) { triangles in
            work.ranges(3 * count) { for corner in $0 { triangles[corner] = UInt32(truncatingIfNeeded: corner) } }
        }
        mesh.faceCount = count
        return mesh
    }
}

extension [UInt8] {
    /// Whether some bytes stand anywhere in these.
    fileprivate func contains(_ word: String.UTF8View) -> Bool {
        count >= word.count && (0...count - word.count).contains { self[$0...].starts(with: word) }
    }
}

extension MeshBuilder.SIMD3Packed {
    @inline(__always)
    init(littleEndianAt place: UnsafeRawPointer) {
        self.init(
            x: place.float(littleEndian: 0), y: place.float(littleEndian: 4), z: place.float(littleEndian: 8))
    }
}

extension UnsafeRawPointer {
    @inline(__always)
    func float(littleEndian offset: Int) -> Float {
        Float(bitPattern: UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    @inline(__always)
    func float(bigEndian offset: Int) -> Float {
        Float(bitPattern: UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
}
