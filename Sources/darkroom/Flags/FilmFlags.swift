// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DatarheiCore
import Film

extension Publication.Film: ExpressibleByArgument {}
extension Publication.Way: ExpressibleByArgument {}

/// What a Core is to make of pictures.
struct FilmFlags: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What the pictures become: a film with an end, or a live stream that loops (default: mp4)."))
    var film: Publication.Film?

    @Option(
        help: ArgumentHelp(
            """
            How they get there: one file each on the Core's disk, one stream of them in its memory, or one picture on \
            its disk that changes, for live streams (default: disk).
            """))
    var via: Publication.Way?

    @Option(
        help: ArgumentHelp(
            "Name of the process and of the film (default: the folder's or the job's).", valueName: "name"))
    var id: String?

    @Option(help: ArgumentHelp("ffmpeg's name of the encoder (default: libx264).", valueName: "name"))
    var codec: String?

    @Option(help: ArgumentHelp("The encoder's effort, or none (default: veryfast).", valueName: "name"))
    var preset: String?

    @Flag(help: "Take the place of a process of that name.")
    var replace = false

    @Flag(help: "Remove the process and the pictures from the Core at the end; a finished film stays.")
    var cleanup = false

    @Option(
        help: ArgumentHelp("Longest wait for the film (default: 10m).", valueName: "time"), transform: FlagValue.time)
    var publishTimeout: Duration?

    /// Whether any was given.
    var isGiven: Bool {
        film != nil || via != nil || id != nil || codec != nil || preset != nil || replace || cleanup
            || publishTimeout != nil
    }

    func validate() throws {
        if via == .picture, film != .hls { throw ValidationError("--via picture needs --as hls.") }
        if let id, !Publication.isID(id) {
            throw ValidationError("--id needs 1 to 100 letters, digits, hyphens and underscores.")
        }
    }

    /// What to publish under a name, which is bent into an id where it is none.
    func publication(
        named name: String, format: FrameSequence.Format, fps: Double
    ) throws(PublishError) -> Publication {
        let encoding = FilmEncoding(
            fps: fps, codec: codec ?? "libx264", preset: preset == "none" ? nil : preset ?? "veryfast")
        return try Publication(
            id: id ?? Self.id(from: name), film: film ?? .mp4, way: via ?? .disk, format: format, encoding: encoding)
    }

    func options(_ progress: @escaping @Sendable (PublishEvent) -> Void) -> FramePublisher.Options {
        var options = FramePublisher.Options()
        (options.replaces, options.patience) = (replace, publishTimeout ?? options.patience)
        options.progress = progress
        return options
    }

    static func id(from name: String) -> String {
        let bent = String(name.prefix(100).map { Publication.isID(String($0)) ? $0 : "-" })
        let id = bent.drop { $0 == "-" }
        return id.isEmpty ? "darkroom" : String(id)
    }
}
