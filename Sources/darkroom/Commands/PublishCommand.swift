// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DatarheiCore
import Foundation
import HTTPService

/// `darkroom publish`: finished pictures as a film or a live stream of a datarhei Core.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Has a datarhei Core make a film or a live stream of finished pictures.",
        discussion: """
            Uploads the pictures, starts the process that encodes them, waits until the film is there or the stream \
            plays, and prints its address. A film stays on the Core's disk as /NAME.mp4; a stream goes on until its \
            process is removed. With --cleanup a stream ends with this command: by a signal, or after --for. Pictures \
            with transparency lose it.

            \(ExitTable.text)
            """)

    @Argument(
        help: ArgumentHelp(
            "PNG or JPEG files in their order, or folders of them, in that of their numbers.", valueName: "frames"))
    var frames: [String]

    @Option(
        help: ArgumentHelp("Address of the Core, such as http://127.0.0.1:8080.", valueName: "url"))
    var core: String

    @Option(help: ArgumentHelp("Frames a second.", valueName: "n"))
    var fps = 25.0

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Bring the film here too (default: leave it there).", valueName: "file")
    )
    var output: String?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "How long to attend to a stream that needs it, then end (default: until a signal).", valueName: "time"),
        transform: FlagValue.time)
    var attendance: Duration?

    @Option(help: "Progress on standard error; auto is a line on a terminal and JSON lines elsewhere.")
    var progress: ProgressMode = .auto

    @OptionGroup(title: "Film") var film: FilmFlags
    @OptionGroup(title: "Core") var reach: CoreFlags

    /// Whether the stream needs this command to go on.
    private var isAttended: Bool { film.film == .hls && (film.cleanup || film.via == .picture) }

    func validate() throws {
        guard !frames.isEmpty else { throw ValidationError("Name the pictures, or a folder of them.") }
        guard (0.01...1000).contains(fps) else { throw ValidationError("--fps needs a number from 0.01 to 1000.") }
        if output != nil, film.film == .hls { throw ValidationError("-o takes a film, and a stream is none.") }
        if attendance != nil, !isAttended {
            throw ValidationError("--for needs a stream, --as hls, with --cleanup or --via picture.")
        }
    }

    func run() async throws {
        let pictures = try FrameSequence(frames)
        let talk = PublishTalk(progress.resolved(isTerminal: StandardStreams.errorIsTerminal))
        let publisher = FramePublisher(
            try reach.client(core), try film.publication(named: name, format: pictures.format, fps: fps),
            options: film.options { talk.receive($0) })
        try await PublishSession(publisher: publisher, talk: talk, cleansUp: film.cleanup).run {
            isAttended ? try await attend(publisher, pictures, talk) : try await finish(publisher, pictures, talk)
        }
    }

    /// What the film is called when nobody says: the folder's name.
    private var name: String {
        let first = URL(fileURLWithPath: frames[0])
        return first.hasDirectoryPath ? first.lastPathComponent : first.deletingLastPathComponent().lastPathComponent
    }

    private func finish(_ publisher: FramePublisher, _ pictures: FrameSequence, _ talk: PublishTalk) async throws {
        try await publisher.upload(pictures)
        try await publisher.start()
        let made = try await publisher.film(of: pictures.paths.count)
        talk.finish()
        if let output {
            try await publisher.core.downloadFile(publisher.plan.filmPath, in: publisher.plan.filmStorage, to: output)
        }
        try StandardStreams.print(made.address)
    }

    private func attend(_ publisher: FramePublisher, _ pictures: FrameSequence, _ talk: PublishTalk) async throws {
        try await publisher.upload(pictures)
        try await publisher.start()
        let made = try await publisher.film(of: pictures.paths.count)
        talk.finish()
        try StandardStreams.print(made.address)
        do {
            if publisher.plan.way == .picture {
                try await publisher.play(pictures, for: attendance)
            } else {
                try await Task.sleep(for: attendance ?? .seconds(1 << 30))
            }
        } catch is CancellationError {
            // A signal is how attendance ends.
        }
    }
}
