// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Jobs

/// Pictures of very many samples, kept from one measurement to the next.
public struct ReferenceStore: Sendable {
    /// What a kept picture could not be used for.
    struct Broken: Error {
        var message: String
    }

    /// The folder, which need not be there yet.
    public let folder: String
    private static let keyword = "darkroom:reference"

    public init(folder: String) { self.folder = folder }

    /// The folder of whoever runs the program, by `XDG_CACHE_HOME` or `HOME` (XDG Base Directory Specification 0.8).
    ///
    /// - Throws: `JobError` of code `environment` when neither tells.
    public init(environment: [String: String]) throws(JobError) {
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
            folder = cache + "/darkroom/references"
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            folder = home + "/.cache/darkroom/references"
        } else {
            throw JobError(
                .environment,
                "neither HOME nor XDG_CACHE_HOME says where references are kept; set one to a whole path")
        }
    }

    func path(_ key: String) -> String { "\(folder)/\(key).exr" }

    /// The picture kept under a key; `nil` when there is none.
    ///
    /// - Throws: `Broken` for a file that is not what was written.
    func light(_ key: String, width: Int, height: Int) throws(Broken) -> PixelBuffer? {
        let path = path(key)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path).map([UInt8].init) else {
            throw Broken(message: "\(path) cannot be read")
        }
        guard EXRText.read(from: bytes).contains(where: { $0.keyword == Self.keyword && $0.text == key }) else {
            throw Broken(message: "\(path) is no reference, or cut off")
        }
        let planes: FloatPlanes
        do throws(CodecError) { planes = try FloatPlanes(exr: bytes, limits: .standard) } catch {
            throw Broken(message: "\(path): \(error.message)")
        }
        guard planes.width == width, planes.height == height, planes.color.allSatisfy(\.isFinite) else {
            throw Broken(message: "\(path) holds another picture")
        }
        return PixelBuffer(width: width, height: height, format: .linearRGBA, floats: planes.color)
    }

    /// Keeps a picture, whole or not at all.
    ///
    /// - Throws: `CodecError`, or `FileError` when it cannot be written.
    func keep(_ light: borrowing PixelBuffer, _ key: String) throws {
        let samples = light.floats()
        let channels = ["R", "G", "B", "A"].enumerated().map { c, name in
            (name: name, samples: stride(from: c, to: samples.count, by: 4).map { samples[$0] })
        }
        let bytes = try EXREncoder.encode(
            width: light.width, height: light.height, channels: channels,
            text: [PNGText(keyword: Self.keyword, text: key)])
        try AtomicFile.write(bytes, to: path(key))
    }
}
