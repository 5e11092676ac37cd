// SPDX-License-Identifier: Apache-2.0

/// How pictures become a film: the arguments that ffmpeg gets, here or on another machine.
public struct FilmEncoding: Hashable, Sendable {
    /// Frames a second, above 0.
    public var fps: Double
    /// ffmpeg's name of the encoder, such as `libx264`; `nil` leaves it to the format.
    public var codec: String?
    /// The encoder's own name of an effort, such as `veryfast`; `nil` leaves it to the encoder.
    public var preset: String?

    public init(fps: Double, codec: String? = nil, preset: String? = nil) {
        (self.fps, self.codec, self.preset) = (fps, codec, preset)
    }

    /// Frames a second as ffmpeg reads them.
    public var rate: String { fps == fps.rounded() && fps.magnitude < 1e9 ? String(Int(fps)) : String(fps) }

    /// Options of the output, before its address: no sound, even sides, colours that every player shows.
    public var outputOptions: [String] {
        var options = ["-an", "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2"]
        if let codec { options += ["-codec:v", codec] }
        if let preset { options += ["-preset", preset] }
        return options + ["-pix_fmt", "yuv420p"]
    }

    /// Frames of two seconds, at least one: how far a player that joins late is from the next whole picture.
    public var keyframeInterval: Int { max(1, Int((fps * 2).rounded())) }
}
