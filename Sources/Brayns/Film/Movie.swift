// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A film of finished pictures, made with the program ffmpeg.
///
///     try await Movie(frames: paths, fps: 25).save(to: "spin.mp4")
public struct Movie: Hashable, Sendable {
    /// The pictures, in order: files of this machine, all PNG or all JPEG.
    public var frames: [String]
    /// Pictures a second.
    public var fps: Double
    /// Width and height in pixels; those of the first picture, made even, when `nil`.
    public var size: PixelSize?
    /// Bits a second; the encoder's choice when `nil`.
    public var bitrate: Int?
    /// The encoder by ffmpeg's name; chosen by the film's extension when `nil`.
    public var encoder: String?
    /// The pixel format by ffmpeg's name: `yuv420p` plays everywhere.
    public var pixelFormat: String
    /// The program: a path, or a name that is looked for in `PATH`.
    public var program: String

    /// A film of pictures.
    public init(
        frames: [String], fps: Double = 25, size: PixelSize? = nil, bitrate: Int? = nil, encoder: String? = nil,
        pixelFormat: String = "yuv420p", program: String = "ffmpeg"
    ) {
        (self.frames, self.fps, self.size, self.bitrate) = (frames, fps, size, bitrate)
        (self.encoder, self.pixelFormat, self.program) = (encoder, pixelFormat, program)
    }

    /// Writes the film, which appears whole or not at all; its extension chooses the container.
    ///
    /// - Throws: `BraynsError`, `.badArgument` without frames, with frames of two formats or a rate that is none, `.file`
    ///   when ffmpeg is missing or fails, with its last words; `CancellationError`.
    public func save(to path: String) async throws {
        let files = FileManager.default
        let format = try checkedFormat()
        let folder = files.temporaryDirectory.appendingPathComponent("movie-" + UUID().uuidString)
        let target = URL(fileURLWithPath: path)
        let partial = target.deletingLastPathComponent()
            .appendingPathComponent(".\(UUID().uuidString).\(target.pathExtension)")
        defer {
            try? files.removeItem(at: folder)
            try? files.removeItem(at: partial)
        }
        do {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            for (index, frame) in frames.enumerated() {
                guard files.isReadableFile(atPath: frame) else {
                    throw BraynsError(.file, "\(path): the frame \(frame) cannot be read.")
                }
                try files.createSymbolicLink(
                    at: folder.appendingPathComponent("\(index).\(format.rawValue)"),
                    withDestinationURL: URL(fileURLWithPath: frame).absoluteURL)
            }
            let input = folder.appendingPathComponent("%d.\(format.rawValue)").path
            let words = arguments(input: input, output: partial.path)
            try await FilmProcess(program: program, arguments: words, said: folder.appendingPathComponent("said"))
                .run(for: path)
            if files.fileExists(atPath: path) { try files.removeItem(at: target) }
            try files.moveItem(at: partial, to: target)
        } catch let error where !(error is BraynsError || error is CancellationError) {
            throw BraynsError(.file, "The film \(path) cannot be written: \(error)", underlying: error)
        }
    }

    private func checkedFormat() throws(BraynsError) -> PictureFormat {
        guard let first = frames.first else { throw BraynsError(.badArgument, "A film needs at least one frame.") }
        guard fps > 0, fps.isFinite else {
            throw BraynsError(.badArgument, "A film of \(fps) pictures a second is none.")
        }
        let format = try pictureFormat(of: first)
        for frame in frames where try pictureFormat(of: frame) != format {
            throw BraynsError(.badArgument, "\(frame) has another format than \(first); a film needs frames of one.")
        }
        return format
    }

    private func arguments(input: String, output: String) -> [String] {
        let fit = size.map { "scale=\($0.width):\($0.height)," } ?? ""
        var words = [
            "-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-framerate", String(fps), "-start_number", "0",
            "-i",
            input, "-an", "-vf", fit + "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", pixelFormat,
        ]
        if let encoder { words += ["-c:v", encoder] }
        if let bitrate { words += ["-b:v", String(bitrate)] }
        return words + [output]
    }
}
