// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService

/// Brings pictures to a Core and has it make a film of them.
///
/// ```swift
/// let frames = try FrameSequence(["out"])
/// let plan = try Publication(
///     id: "turntable", film: .mp4, way: .disk, format: frames.format, encoding: FilmEncoding(fps: 25, codec: "libx264"))
/// let film = try await FramePublisher(core, plan).publish(frames)
/// ```
public struct FramePublisher: Sendable {
    /// How to go about it.
    public struct Options: Sendable {
        /// Take the place of a process of the same id.
        public var replaces = false
        /// Longest wait for the film, counted from the start of the process.
        public var patience: Duration = .seconds(600)
        /// Time between two looks at the process.
        public var interval: Duration = .milliseconds(500)
        /// Pictures that are on their way at once.
        public var uploadsAtOnce = 4
        /// Called from any thread.
        public var progress: @Sendable (PublishEvent) -> Void = { _ in }

        public init() {}
    }

    public let core: CoreClient
    public let plan: Publication
    public let options: Options
    var clock: ServiceClock { core.options.clock }

    public init(_ core: CoreClient, _ plan: Publication, options: Options = Options()) {
        (self.core, self.plan, self.options) = (core, plan, options)
    }

    /// Uploads the pictures, starts the process and waits until the film is there, or the stream can be played.
    ///
    /// With the way `.picture` the stream shows the first picture; `play` shows the others.
    /// - Throws: `ServiceError` for a Core that does not do what it is asked, `PublishError` for a film that fails.
    public func publish(_ frames: FrameSequence) async throws -> PublishedFilm {
        try await prepare()
        try await upload(frames)
        try await start()
        return try await film(of: frames.paths.count)
    }

    // MARK: Steps

    /// Makes room: no process of that id, no film, no pictures of an earlier one.
    ///
    /// - Throws: `PublishError` with `.taken` when there is such a process or film, and it is not to be replaced.
    public func prepare() async throws {
        do {
            _ = try await core.process(plan.id, parts: [])
            guard options.replaces else { throw taken("a process \(plan.id)") }
            try await core.deleteProcess(plan.id)
        } catch let error as ServiceError where error.code == .missing {
            // Nobody has the id, as hoped.
        }
        let films = try await core.files(in: plan.filmStorage, plan.filmFiles).map(\.name)
        if let film = films.first {
            guard options.replaces else { throw taken("a file \(film)") }
            try await core.deleteFilesOneByOne(in: plan.filmStorage, plan.filmFiles)
        }
        // Pictures of a longer film would otherwise come after ours.
        try await removeFrames()
    }

    private func taken(_ what: String) -> PublishError {
        PublishError(.taken, "\(core.endpoint) has \(what) already: choose another id, or have it replaced.")
    }

    /// Brings all pictures there, those of the way `.disk` some at a time.
    public func upload(_ frames: FrameSequence) async throws {
        let count = frames.paths.count
        switch plan.way {
        case .mem:
            try await core.putFile(plan.framePath(1), in: plan.frameStorage, .files(frames.paths))
            options.progress(.uploaded(count, of: count))
        case .picture:
            if let first = frames.paths.first { try await put(first, number: 1) }
        case .disk:
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, path) in frames.paths.enumerated() {
                    if index >= options.uploadsAtOnce {
                        try await group.next()
                        options.progress(.uploaded(index - options.uploadsAtOnce + 1, of: count))
                    }
                    group.addTask { try await put(path, number: index + 1) }
                }
                try await group.waitForAll()
            }
            options.progress(.uploaded(count, of: count))
        }
    }

    /// Brings one picture there.
    ///
    /// - Parameter number: its place in the film, counted from 1.
    public func put(_ path: String, number: Int) async throws {
        try await core.putFile(plan.framePath(number), in: plan.frameStorage, .files([path]))
    }

    /// Adds the process, which begins at once.
    public func start() async throws {
        do {
            _ = try await core.addProcess(plan.process)
        } catch let error as ServiceError where error.status == 400 && error.tries > 1 {
            // An earlier try whose answer was lost may have added it.
            _ = try await core.process(plan.id, parts: [])
        }
        options.progress(.started(id: plan.id))
    }

    /// Removes the process and the pictures, and a stream.
    ///
    /// - Parameter removesFilm: whether a film with an end goes too, as half a film should.
    public func cleanUp(removesFilm: Bool = false) async throws {
        do {
            try await core.deleteProcess(plan.id)
        } catch let error as ServiceError where error.code == .missing {
            // It never was, or somebody else has removed it.
        }
        try await removeFrames()
        if plan.film == .hls || removesFilm {
            // Of a stream: what its process wrote after the files were purged.
            try await core.deleteFilesOneByOne(in: plan.filmStorage, plan.filmFiles)
        }
    }

    /// Removes the pictures after a number, which are not ours.
    public func removeFrames(after kept: Int = 0) async throws {
        let query = CoreFileQuery(glob: "\(plan.folder)/*")
        guard kept > 0 else {
            try await core.deleteFilesOneByOne(in: plan.frameStorage, query)
            return
        }
        let last = plan.framePath(kept)
        for file in try await core.files(in: plan.frameStorage, query)
        where file.name.utf8.count > last.utf8.count || file.name.utf8.count == last.utf8.count && file.name > last {
            try await core.deleteFile(file.name, in: plan.frameStorage)
        }
    }
}
