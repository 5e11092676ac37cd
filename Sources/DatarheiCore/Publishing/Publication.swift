// SPDX-License-Identifier: Apache-2.0
import Film

/// What is to become of pictures on a Core, and by which way they get there.
///
/// Each way is one that works with Core 16.16 and a stock ffmpeg 5.1: images one by one can be read from the disk only,
/// because Core serves larger files of its memory without the length that ffmpeg's image reader needs.
public struct Publication: Sendable, Hashable {
    /// What the pictures become.
    public enum Film: String, Sendable, CaseIterable {
        /// A film with an end, on the disk of the Core.
        case mp4
        /// A live stream that loops, in the memory of the Core.
        case hls
    }

    /// How the pictures get there.
    public enum Way: String, Sendable, CaseIterable {
        /// One file a picture on the disk.
        case disk
        /// All in one file in memory; PNG or JPEG one behind the other.
        case mem
        /// One file on the disk that is overwritten again and again; for live streams only.
        case picture
    }

    /// The process's id; also the name of its folder and film.
    public var id: String
    public var film: Film
    public var way: Way
    public var format: FrameSequence.Format
    public var encoding: FilmEncoding

    /// - Throws: `PublishError` with `.badSettings` for an id that can be no file name, or a way that cannot be.
    public init(
        id: String, film: Film, way: Way, format: FrameSequence.Format, encoding: FilmEncoding
    ) throws(PublishError) {
        (self.id, self.film, self.way, self.format, self.encoding) = (id, film, way, format, encoding)
        guard Self.isID(id) else {
            throw PublishError(
                .badSettings, "A process's id has 1 to 100 letters, digits, hyphens and underscores; '\(id)' has not.")
        }
        guard way != .picture || film == .hls else {
            throw PublishError(
                .badSettings, "A film with an end needs all its pictures: a single one that changes makes a stream.")
        }
        guard encoding.fps.isFinite, (0.01...1000).contains(encoding.fps) else {
            throw PublishError(.badSettings, "A film has from 0.01 to 1000 frames a second, not \(encoding.fps).")
        }
    }

    /// Whether a text can be an id: it stands in addresses, file names and patterns.
    public static func isID(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    // MARK: Files

    /// The folder of the pictures on the Core.
    public var folder: String { "/darkroom/\(id)" }
    /// The file system that they are in.
    public var frameStorage: String { way == .mem ? "mem" : "disk" }
    /// Where a picture goes, counted from 1; for the ways of a single file always the same.
    public func framePath(_ number: Int) -> String {
        switch way {
        case .disk:
            let digits = String(number)
            return
                "\(folder)/frame_\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).\(format.rawValue)"
        case .mem: return "\(folder)/all.\(format.rawValue)"
        case .picture: return "\(folder)/latest.\(format.rawValue)"
        }
    }
    /// The film, or the playlist of the stream.
    public var filmPath: String { film == .mp4 ? "/\(id).mp4" : "/\(id)/index.m3u8" }
    /// The film, or all files of the stream.
    var filmFiles: CoreFileQuery { CoreFileQuery(glob: film == .mp4 ? filmPath : "/\(id)/**") }
    /// The file system that it is in.
    public var filmStorage: String { film == .mp4 ? "disk" : "mem" }

    // MARK: Process

    /// The process that makes the film.
    public var process: CoreProcessConfig {
        var config = CoreProcessConfig(id: id, reference: id, input: [input], output: [output])
        // A film that is there already would otherwise end the process with a question.
        config.options = ["-hide_banner", "-loglevel", "info", "-y"]
        config.autostart = true
        config.reconnect = film == .hls
        config.reconnectDelaySeconds = film == .hls ? 2 : 0
        config.staleTimeoutSeconds = film == .hls ? 30 : 0
        return config
    }

    private var input: CoreProcessConfig.Stream {
        var options = film == .hls ? ["-re"] : []
        let address: String
        switch way {
        case .disk:
            options += ["-f", "image2"] + (film == .hls ? ["-loop", "1"] : [])
            options += ["-framerate", encoding.rate, "-start_number", "1"]
            address = "{diskfs}\(folder)/frame_%06d.\(format.rawValue)"
        case .mem:
            options += ["-f", format == .png ? "png_pipe" : "jpeg_pipe"] + (film == .hls ? ["-loop", "1"] : [])
            options += ["-framerate", encoding.rate]
            address = "{memfs}\(framePath(1))"
        case .picture:
            // A picture that is just being written may be empty, which ffmpeg takes for the end: then it begins anew at
            // once. Of half a picture it says so, and goes on showing the one before.
            options += ["-stream_loop", "-1"]
            // Without these it reads fifty frames ahead while it probes, and the stream begins with a still.
            options += ["-probesize", "50000", "-fpsprobesize", "0", "-f", "image2", "-loop", "1"]
            options += ["-framerate", encoding.rate]
            address = "{diskfs}\(framePath(1))"
        }
        return CoreProcessConfig.Stream(id: "frames", address: address, options: options)
    }

    private var output: CoreProcessConfig.Stream {
        guard film == .hls else {
            return CoreProcessConfig.Stream(
                id: "film", address: "{diskfs}\(filmPath)",
                options: encoding.outputOptions + ["-f", "mp4", "-movflags", "+faststart"])
        }
        let options =
            encoding.outputOptions + [
                "-g", String(encoding.keyframeInterval), "-f", "hls", "-hls_time", "2", "-hls_list_size", "5",
                "-hls_flags", "delete_segments", "-hls_segment_filename", "{memfs}/\(id)/seg_%05d.ts", "-method", "PUT",
            ]
        let cleanup = CoreProcessConfig.Cleanup(pattern: "mem:/\(id)/**", purgeOnDelete: true)
        return CoreProcessConfig.Stream(
            id: "film", address: "{memfs}\(filmPath)", options: options, cleanup: [cleanup])
    }
}
