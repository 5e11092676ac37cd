// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// Finds the files that a model names, without loading it, so that a changed texture changes the fingerprint.
///
/// OBJ (`mtllib`, and the maps of the MTL), glTF and GLB (buffers and images), PLY (`TextureFile`) and FBX
/// (`RelativeFilename`) are looked into, and the layers and pictures that USD stages name in text; other formats count
/// by their own file alone.
package enum SideFiles {
    /// How much of a file is looked at.
    private static let budget = 16 << 20

    /// The side files of a model, as it names them, each once, whether they are there or not.
    package static func names(of path: String) -> [String] {
        var names: [String] = []
        switch PathName.fileExtension(path).lowercased() {
        case "obj":
            for library in values(after: ["mtllib"], in: head(path)) {
                names.append(library)
                names += maps(resolve(library, beside: path))
            }
        case "gltf": names = uris(head(path, 256 << 20))
        case "glb": names = uris(jsonChunk(head(path, 256 << 20)))
        case "ply":
            names = values(
                after: ["comment TextureFile", "comment texturefile"], in: Array(head(path).prefix(1 << 16)))
        case "fbx": names = relativeNames(head(path, 64 << 20))
        case "usda", "usd": names = assets(path)
        default: break
        }
        var seen: Set<String> = []
        return names.map { $0.replacing("\\", with: "/") }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Where a side file lies.
    package static func resolve(_ name: String, beside model: String) -> String {
        PathName.join(PathName.folder(model), name)
    }

    private static func head(_ path: String, _ count: Int = budget) -> [UInt8] {
        (try? FileSystem.readHead(path, count: count)) ?? []
    }

    /// What follows a keyword on the lines that begin with it.
    private static func values(after keywords: [String], in bytes: [UInt8]) -> [String] {
        let keys = keywords.map { Array($0.utf8) }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let line = line.drop { $0 == 32 || $0 == 9 }
            guard let key = keys.first(where: { line.starts(with: $0) }) else { return nil }
            let rest = line.dropFirst(key.count)
            guard let gap = rest.first, gap == 32 || gap == 9 else { return nil }
            return String(decoding: rest, as: UTF8.self).trimmed
        }
    }

    /// The textures of an MTL file; options such as `-s 1 1 1` stand before the name.
    private static func maps(_ path: String) -> [String] {
        let keywords = [
            "map_Kd", "map_Ka", "map_Ks", "map_Ke", "map_Ns", "map_d", "map_Bump", "map_bump", "map_Pr", "map_Pm",
            "bump", "disp", "decal", "norm", "refl",
        ]
        return values(after: keywords, in: head(path)).map { value in
            value.first == "-" ? value.split(separator: " ").last.map(String.init) ?? value : value
        }
    }

    /// What a USD stage in text names between `@`, and what its layers name, beside the stage.
    private static func assets(_ path: String) -> [String] {
        var (found, waiting) = ([String](), [""])
        while let layer = waiting.popLast(), found.count < 4096 {
            let bytes = head(layer.isEmpty ? path : resolve(layer, beside: path))
            guard bytes.starts(with: Array("#usda".utf8)) else { continue }
            for asset in quoted(bytes) {
                let name = PathName.join(PathName.folder(layer), asset)
                guard !found.contains(name) else { continue }
                found.append(name)
                if ["usda", "usd"].contains(PathName.fileExtension(name).lowercased()) { waiting.append(name) }
            }
        }
        return found
    }

    /// The texts between two `@` of one line; of a file in a package, the package.
    private static func quoted(_ bytes: [UInt8]) -> [String] {
        let mark = UInt8(ascii: "@")
        return bytes.split(separator: UInt8(ascii: "\n")).flatMap { line in
            line.split(separator: mark, omittingEmptySubsequences: false).dropFirst().dropLast()
        }.map { String(decoding: $0.prefix { $0 != UInt8(ascii: "[") }, as: UTF8.self) }
            .filter { !$0.isEmpty && !$0.contains(" = ") && !$0.contains("://") }
    }

    private static func uris(_ json: [UInt8]) -> [String] {
        guard let root = try? JSONValue(parsing: json) else { return [] }
        let parts = (root["buffers"]?.arrayValue ?? []) + (root["images"]?.arrayValue ?? [])
        return parts.compactMap { part in
            guard let uri = part["uri"]?.stringValue, !uri.hasPrefix("data:"), !uri.contains("://") else { return nil }
            return percentDecoded(uri)
        }
    }

    private static func jsonChunk(_ glb: [UInt8]) -> [UInt8] {
        guard glb.count >= 20, glb.starts(with: Array("glTF".utf8)) else { return [] }
        let length = (0..<4).reduce(0) { $0 | Int(glb[12 + $1]) << (8 * $1) }
        return Array(glb.dropFirst(20).prefix(length))
    }

    private static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The texture names of an FBX: a property `S`, its length and its text in the binary form, quotes in the other.
    private static func relativeNames(_ bytes: [UInt8]) -> [String] {
        let key = Array("RelativeFilename".utf8)
        var names: [String] = []
        var start = 0
        while let found = bytes[start...].firstRange(of: key)?.upperBound {
            start = found
            let rest = bytes[found...]
            if rest.first == UInt8(ascii: "S"), rest.count >= 5 {
                let length = (0..<4).reduce(0) { $0 | Int(rest[found + 1 + $1]) << (8 * $1) }
                if length <= 4096 { names.append(String(decoding: rest.dropFirst(5).prefix(length), as: UTF8.self)) }
            } else if let line = rest.prefix(4096).split(separator: UInt8(ascii: "\n")).first {
                let quoted = line.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
                if quoted.count >= 3 { names.append(String(decoding: quoted[1], as: UTF8.self)) }
            }
        }
        return names
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
