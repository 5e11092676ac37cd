// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Looks at a model file before Assimp does: for what it must not be given, or cannot say clearly.
struct FileInspection {
    /// The file to hand on: the one that came in, or a repaired copy in memory.
    var file: ReadableFile
    /// The format to read it as.
    var format: String
    var warnings: [String] = []

    let shown: String
    let folder: String?
    let options: ModelLoader.Options
    let access: FileAccess

    init(
        file: ReadableFile, format: String, shown: String, folder: String?, options: ModelLoader.Options,
        access: FileAccess
    ) throws(ModelError) {
        (self.file, self.format, self.shown) = (file, format, shown)
        (self.folder, self.options, self.access) = (folder, options, access)
        guard file.size > 0 else { throw corrupt("is empty (0 bytes)") }
        try refuseStrangers()
        transcode()
        switch self.format {
        case "gltf", "glb": try inspectGLTF()
        case "stl": try inspectSTL()
        case "ply": try inspectPLY()
        case "off": try inspectOFF()
        default: break
        }
    }

    /// Refuses a model with more triangles than the limit.
    static func check(triangles: Int, of shown: String, limit: Int) throws(ModelError) {
        guard triangles > limit else { return }
        throw ModelError(
            .limits, "\(shown) has at least \(triangles) triangles, more than the limit of \(limit) (--max-triangles).")
    }

    func corrupt(_ what: String) -> ModelError { ModelError(.corrupt, "\(shown) \(what).") }

    /// Files of well-known other kinds, whatever their name says.
    private func refuseStrangers() throws(ModelError) {
        let head = file.head(64)
        let marks: [(bytes: [UInt8], name: String, allowed: Set<String>)] = [
            ([0x89, 0x50, 0x4E, 0x47], "a PNG picture", []),
            ([0xFF, 0xD8, 0xFF], "a JPEG picture", []),
            (Array("%PDF-".utf8), "a PDF document", []),
            ([0x7F, 0x45, 0x4C, 0x46], "a program", []),
            ([0x1F, 0x8B], "packed with gzip", ["blend", "zgl"]),
            ([0x28, 0xB5, 0x2F, 0xFD], "packed with Zstandard", []),
            ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive", ["3mf", "zae", "zgl", "ifczip"]),
            (Array("<!DOCTYPE html".utf8), "a web page", []),
            (Array("<html".utf8), "a web page", []),
            (Array("version https://git-lfs".utf8), "a pointer of Git LFS, not the file itself", []),
        ]
        for mark in marks where head.starts(with: mark.bytes) && !mark.allowed.contains(format) {
            throw ModelError(.unsupportedFormat, "\(shown) is not a \(format.uppercased()) file: it is \(mark.name).")
        }
    }

    /// Text in UTF-16, which Assimp takes for nothing, becomes UTF-8.
    private mutating func transcode() {
        let text: Set<String> = ["obj", "ply", "off", "stl", "gltf", "dae", "ase", "ac", "x", "amf", "nff"]
        let mark = file.head(2)
        guard text.contains(format), mark == [0xFF, 0xFE] || mark == [0xFE, 0xFF] else { return }
        let bytes = file.contents()
        let (low, high) = mark[0] == 0xFF ? (0, 1) : (1, 0)
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { (at: Int) -> UInt16 in
            UInt16(bytes[at + low]) | UInt16(bytes[at + high]) << 8
        }
        var characters = String(decoding: units, as: UTF16.self)
        if format == "dae", let range = characters.range(of: "encoding=\"utf-16\"", options: .caseInsensitive) {
            characters.replaceSubrange(range, with: "encoding=\"utf-8\"")
        }
        file = ReadableFile(bytes: Array(characters.utf8))
    }
}
