// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Models

/// Our own readers of PLY and STL against Assimp.
@Suite struct OwnReaderTests {
    /// Variants of a binary PLY file.
    struct Kind: Sendable, CustomStringConvertible {
        var isBig = false
        var hasNormals = false
        var colors: String?
        var hasAlpha = false
        var list = "vertex_indices"
        var description: String {
            "\(isBig ? "big" : "little") normals \(hasNormals) colours \(colors ?? "none") \(list)"
        }

        static let all = [
            Kind(), Kind(isBig: true), Kind(hasNormals: true), Kind(isBig: true, hasNormals: true),
            Kind(colors: "uchar"), Kind(hasNormals: true, colors: "uchar", hasAlpha: true),
            Kind(isBig: true, colors: "float", hasAlpha: true), Kind(colors: "float", list: "vertex_index"),
        ]
    }

    /// A bent sheet of `side` by `side` corners.
    static func ply(_ kind: Kind, side: Int = 12) -> [UInt8] {
        var head = "ply\nformat binary_\(kind.isBig ? "big" : "little")_endian 1.0\ncomment made for a test\n"
        head += "element vertex \(side * side)\nproperty float x\nproperty float y\nproperty float z\n"
        if kind.hasNormals { head += "property float nx\nproperty float ny\nproperty float nz\n" }
        let names = kind.colors == nil ? [] : ["red", "green", "blue"] + (kind.hasAlpha ? ["alpha"] : [])
        for name in names { head += "property \(kind.colors ?? "") \(name)\n" }
        head += "element face \(2 * (side - 1) * (side - 1))\nproperty list uchar int \(kind.list)\nend_header\n"
        var file = Array(head.utf8)
        func add(_ word: UInt32) {
            withUnsafeBytes(of: kind.isBig ? word.bigEndian : word.littleEndian) { file.append(contentsOf: $0) }
        }
        func add(_ number: Float) { add(number.bitPattern) }
        for i in 0..<side * side {
            let (x, y) = (Float(i % side), Float(i / side))
            for number in [x, y, sin(x) * 2] { add(number) }
            if kind.hasNormals { for number in [-cos(x), 0, 1] as [Float] { add(number) } }
            for channel in names.indices {
                let part = Float((i * 7 + channel * 50) % 256)
                if kind.colors == "float" { add(part / 255) } else { file.append(UInt8(part)) }
            }
        }
        for i in 0..<(side - 1) * (side - 1) {
            let a = UInt32(i / (side - 1) * side + i % (side - 1))
            let b = a + UInt32(side)
            for face in [[a, a + 1, b], [a + 1, b + 1, b]] {
                file.append(3)
                for corner in face { add(corner) }
            }
        }
        return file
    }

    static func stl(_ count: Int) -> [UInt8] {
        var file = [UInt8](repeating: 32, count: 80)
        func add(_ word: UInt32) { withUnsafeBytes(of: word.littleEndian) { file.append(contentsOf: $0) } }
        add(UInt32(count))
        for face in 0..<count {
            for number in 0..<12 {
                let corner = Float((face + number / 3) % 9)
                add([corner, corner * corner / 9, Float(number % 2)][number % 3].bitPattern)
            }
            file += [0, 0]
        }
        return file
    }

    /// All that a load comes to.
    static func outcome(_ bytes: [UInt8], _ type: String, own: Bool) -> Result<String, ModelError> {
        var loader = ModelLoader()
        loader.usesOwnReaders = own
        return Result { () throws(ModelError) in
            let model = try loader.load(bytes: bytes, type: type)
            return "\(model)"
        }
    }

    static func isOwn(_ bytes: [UInt8], _ type: String) -> Bool {
        let file = ReadableFile(bytes: bytes)
        let work = WorkSplit(threads: 2, least: 16)
        switch type {
        case "ply": return PLYReader(file, work)?.mesh() != nil
        default: return STLReader(file, work)?.mesh() != nil
        }
    }

    @Test("binary PLY gives the model that Assimp's import gives", arguments: Kind.all)
    func plyEqual(kind: Kind) throws {
        let bytes = Self.ply(kind)
        #expect(Self.isOwn(bytes, "ply"))
        #expect(try Self.outcome(bytes, "ply", own: true).get() == Self.outcome(bytes, "ply", own: false).get())
    }

    @Test("binary STL gives the model that Assimp's import gives", arguments: [1, 7, 64, 257])
    func stlEqual(count: Int) throws {
        let bytes = Self.stl(count)
        #expect(Self.isOwn(bytes, "stl"))
        #expect(try Self.outcome(bytes, "stl", own: true).get() == Self.outcome(bytes, "stl", own: false).get())
    }

    @Test("damaged numbers, indices and counts come to the same as through Assimp", arguments: ["ply", "stl"])
    func damaged(type: String) {
        var random = RepeatableRandom(seed: 11)
        let whole = type == "ply" ? Self.ply(Kind(), side: 5) : Self.stl(20)
        let body = type == "ply" ? whole.count - 32 * 13 - 25 * 12 : 84
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0...random.below(3) {
                // The bodies alone: Assimp ends the process on some heads.
                let place = body + random.below(bytes.count - body)
                bytes[place] = [0, 0xFF, 0x7F, 0x80, UInt8(random.below(256))][random.below(5)]
            }
            // Faces that are no longer triangles shift all that follows; that is Assimp's to judge.
            guard Self.isOwn(bytes, type) else { continue }
            let (own, other) = (Self.outcome(bytes, type, own: true), Self.outcome(bytes, type, own: false))
            switch (own, other) {
            case (.success(let a), .success(let b)): #expect(a == b)
            case (.failure(let a), .failure(let b)): #expect(a.code == b.code)
            default: Issue.record("one reader takes what the other refuses")
            }
        }
    }

    @Test(
        "heads that say anything else are left to Assimp, without reading behind the file", arguments: ["ply", "stl"])
    func mutatedHeads(type: String) {
        var random = RepeatableRandom(seed: 5)
        let whole = type == "ply" ? Self.ply(Kind(hasNormals: true, colors: "uchar"), side: 4) : Self.stl(6)
        var accepted = 0
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0...random.below(4) { bytes[random.below(min(bytes.count, 400))] = UInt8(random.below(256)) }
            switch random.below(4) {
            case 0: bytes.removeLast(random.below(bytes.count))
            case 1: bytes.append(UInt8(random.below(256)))
            default: break
            }
            if Self.isOwn(bytes, type) { accepted += 1 }
        }
        // Changes of comments and of unused bytes leave good files.
        #expect(accepted > 0 && accepted < 3000)
    }

    @Test(
        "what only Assimp understands is left to it",
        arguments: [
            ("property float x", "property double x"), ("format binary_little_endian", "format ascii"),
            ("property list uchar int", "property list int int"), ("comment made", "comment TextureFile"),
            ("property float z", "property float s"), ("element face", "element tristrips"),
        ])
    func declined(from: String, to: String) throws {
        let bytes = Self.ply(Kind())
        let text = String(decoding: bytes.prefix(400), as: UTF8.self)
        let range = try #require(text.range(of: from))
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        var changed = bytes
        changed.replaceSubrange(start..<start + from.utf8.count, with: to.utf8)
        #expect(!Self.isOwn(changed, "ply"))
    }

    @Test("coloured STL is left to Assimp")
    func coloredSTL() {
        var bytes = Self.stl(4)
        bytes[84 + 50 * 2 + 49] = 0x80
        #expect(!Self.isOwn(bytes, "stl"))
        var named = Self.stl(4)
        named.replaceSubrange(10..<16, with: "COLOR=".utf8)
        #expect(!Self.isOwn(named, "stl"))
    }
}
